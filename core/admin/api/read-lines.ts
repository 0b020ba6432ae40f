import type { Problem } from '../../shared/problem.ts';
import { ApiError } from '../sdk/api.ts';

const asProblem = (answer: unknown, status: number): Problem => (typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer
  ? answer as Problem : { type: 'about:blank', status, code: 'unavailable', title: String(status), requestId: '' });

/** Posts, and reads an answer of `application/x-ndjson` line by line. A refusal throws `ApiError`, a line `{ problem }` as well. */
export async function* readLines<T>(url: string, body: unknown, signal: AbortSignal): AsyncGenerator<T> {
  const response = await fetch(url, {
    method: 'POST', credentials: 'same-origin', signal, body: JSON.stringify(body),
    headers: { Accept: 'application/x-ndjson', 'Content-Type': 'application/json', ...(document.documentElement.lang ? { 'Accept-Language': document.documentElement.lang } : {}) },
  });
  if (!response.ok || !response.body) throw new ApiError(asProblem(await response.json().catch(() => null), response.status));
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (value ?? '')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') continue;
        const parsed = JSON.parse(line) as { problem?: Problem };
        if (parsed.problem) throw new ApiError(parsed.problem);
        yield parsed as T;
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
