/** AES-256-GCM with a key id; `aad` binds a value to its place, such as `plugin:chat:signingKey:global`. */
export interface Secrets {
  encrypt(plain: string, aad: string): string;
  /** Throws when the text was moved or altered, or its key is not here. */
  decrypt(sealed: string, aad: string): string;
  /** HMAC-SHA256 in hex with a key derived for `purpose`. */
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, signature: string): boolean;
}
