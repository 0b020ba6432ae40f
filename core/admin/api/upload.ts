import type { AttachmentDto } from '@plugboard/sdk';
import type { Problem } from '../../shared/problem.ts';
import { ApiError } from '../sdk/api.ts';
import { uuid } from './uuid.ts';

export interface Upload<T = AttachmentDto> { done: Promise<T>; cancel(): void }

/** Sends one file and tells how far it is (0…1); `fetch` can't tell. */
export function uploadFile<T = AttachmentDto>(file: File, onProgress: (part: number) => void, url = '/api/v1/files'): Upload<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.open('POST', url);
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Idempotency-Key', uuid());
    request.setRequestHeader('Accept-Language', document.documentElement.lang);
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onload = () => {
      if (request.status < 300) resolve(request.response as T);
      else reject(new ApiError(problemOf(request)));
    };
    request.onerror = () => reject(new TypeError('network'));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
  return { done, cancel: () => request.abort() };
}

function problemOf(request: XMLHttpRequest): Problem {
  const answer: unknown = request.response;
  if (typeof answer === 'object' && answer !== null && 'code' in answer) return answer as Problem;
  return { type: 'about:blank', status: request.status, code: 'unavailable', title: request.statusText, requestId: '' };
}
