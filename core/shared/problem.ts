/** RFC 9457 problem document, as every error of the REST API is told. `code` is stable; `title` and `detail` are for people. */
export interface Problem {
  type: 'about:blank';
  status: number;
  code: string;
  title: string;
  detail?: string;
  errors?: { path: string; code: string; message: string }[];
  requestId: string;
  /** What a client needs to go on: the present state (`stale`), the newer messages (`behind`), the limit's name. */
  [extension: string]: unknown;
}

/** Acknowledgement of a socket event that failed. */
export interface SocketProblem { error: { code: string; message: string; [extension: string]: unknown } }
