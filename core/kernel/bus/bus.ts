/** Hints between processes: may be lost, never carry state that is nowhere else. In-process, or Redis pub/sub once REDIS_URL is set. */
export interface Bus {
  publish(topic: string, payload: unknown): Promise<void>;
  /** Handlers run in every process, the publishing one too. Answers the function that ends it. */
  subscribe(topic: string, handler: (payload: unknown) => void): () => void;
  /** False while hints cannot reach other processes. */
  readonly isConnected: boolean;
  close(): Promise<void>;
}
