/** True when the server itself says that the channel is off. No answer, or one of something between, says nothing. */
export async function channelIsClosed(slug: string): Promise<boolean> {
  try {
    const response = await fetch(`/api/sdk/config?widget=${encodeURIComponent(slug)}`, { cache: 'no-store' });
    return response.status === 503 && (response.headers.get('content-type') ?? '').includes('problem+json');
  } catch {
    return false;
  }
}
