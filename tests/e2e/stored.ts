import { signInTo } from '../support/sign-in.ts';

interface StoredMessage { kind: string; body: { text: string } }

/** What the desk has stored, asked over REST: the last word on whether something was sent once. */
export async function storedReplies(url: string): Promise<(containing: string) => Promise<string[]>> {
  const headers = await signInTo(url);
  const read = async <T>(path: string): Promise<T> => (await (await fetch(`${url}/api/v1${path}`, { headers })).json() as { data: T }).data;
  return async (containing) => {
    const conversations = await read<{ id: string }[]>('/conversations?view=all&limit=100');
    const threads = await Promise.all(conversations.map(({ id }) => read<StoredMessage[]>(`/conversations/${id}/messages?limit=100`)));
    return threads.flatMap((messages) => messages.filter(({ kind }) => kind === 'reply').map(({ body }) => body.text)).filter((text) => text.includes(containing));
  };
}
