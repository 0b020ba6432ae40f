import type { AttachmentDto } from '@plugboard/sdk';
import { RequestError } from './request-error.ts';
import { problemOf } from './http.ts';
import type { Session } from './session.ts';

export interface Transfer { done: Promise<AttachmentDto>; cancel(): void }

export interface Files {
  upload(file: File, onProgress: (share: number) => void): Transfer;
  /** An address of the file's bytes that works inside this page only. */
  open(id: string): Promise<string>;
  save(id: string, name: string): Promise<void>;
  /** Forgets what was fetched. */
  clear(): void;
}

/** Files of the visitor's messages. They are reached with the token only, so a picture is fetched and shown from a blob. */
export class DeskFiles implements Files {
  readonly #session: Session;
  readonly #address: string;
  readonly #fetched = new Map<string, Promise<string>>();

  constructor(session: Session, address: string) {
    this.#session = session;
    this.#address = address;
  }

  upload(file: File, onProgress: (share: number) => void): Transfer {
    const request = new XMLHttpRequest();
    let isCancelled = false;
    const done = this.#session.ensure().then((token) => new Promise<AttachmentDto>((resolve, reject) => {
      if (isCancelled) return reject(new RequestError('aborted'));
      request.open('POST', `${this.#address}/files`);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onload = () => {
        const answer = request.response as (AttachmentDto & { code?: string }) | null;
        if (request.status < 300 && answer) resolve(answer);
        else reject(new RequestError(request.status === 413 ? 'too_large' : answer?.code ?? 'internal'));
      };
      request.onerror = () => reject(new RequestError('unreachable'));
      request.onabort = () => reject(new RequestError('aborted'));
      const form = new FormData();
      form.append('file', file, file.name);
      request.send(form);
    }));
    return { done, cancel: () => { isCancelled = true; request.abort(); } };
  }

  open(id: string): Promise<string> {
    const known = this.#fetched.get(id) ?? this.#fetch(id);
    this.#fetched.set(id, known);
    known.catch(() => this.#fetched.delete(id));
    return known;
  }

  async save(id: string, name: string): Promise<void> {
    const link = document.createElement('a');
    link.href = await this.open(id);
    link.download = name;
    link.click();
  }

  clear(): void {
    for (const fetched of this.#fetched.values()) fetched.then((address) => URL.revokeObjectURL(address), () => undefined);
    this.#fetched.clear();
  }

  async #fetch(id: string): Promise<string> {
    const response = await fetch(`${this.#address}/files/${id}`, { headers: { authorization: `Bearer ${await this.#session.ensure()}` } })
      .catch(() => { throw new RequestError('unreachable'); });
    if (!response.ok) throw await problemOf(response);
    return URL.createObjectURL(await response.blob());
  }
}
