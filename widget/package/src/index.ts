import { createClient, present } from './client.ts';
import type { InitOptions, Plugboard, PlugboardMethods } from './types.ts';

export type * from './types.ts';

export type LoadOptions = InitOptions & {
  /** Address of the desk. */
  baseURL: string;
  /** For a content security policy that allows scripts by nonce. */
  nonce?: string;
};

interface ScriptPolicy { createScriptURL(url: string): unknown }
interface ScriptPolicies { createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy }

const client = createClient();
let arrival: Promise<Plugboard> | null = null;
let policy: ScriptPolicy | undefined;

/** The methods, at any time: what is called before the script is there waits for it. On a server they do nothing. */
export const plugboard: PlugboardMethods = client.methods;

/** A page with trusted types takes the address of a script from a policy only; ours is named `plugboard`. */
function trusted(url: string): string {
  const { trustedTypes } = window as unknown as { trustedTypes?: ScriptPolicies };
  policy ??= trustedTypes?.createPolicy('plugboard', { createScriptURL: (given) => given });
  return (policy ? policy.createScriptURL(url) : url) as string;
}

function inject(baseURL: string, nonce?: string): Promise<Plugboard> {
  return new Promise<Plugboard>((resolve, reject) => {
    const script = document.createElement('script');
    script.async = true;
    if (nonce) script.nonce = nonce;
    script.src = trusted(`${new URL(baseURL, location.href).origin}/widget.js`);
    script.onload = () => {
      const api = present();
      if (api) resolve(api);
      else reject(new Error('The chat is switched off.'));
    };
    script.onerror = () => reject(new Error('The script of the chat did not arrive.'));
    document.head.append(script);
  });
}

/**
 * Puts the desk's script on the page, once, and begins the chat. Resolves with `window.Plugboard`; rejects when the script does not
 * come or the chat is switched off. On a server it resolves with methods that do nothing.
 */
export async function loadPlugboard({ nonce, ...options }: LoadOptions): Promise<Plugboard> {
  if (typeof window === 'undefined') return Object.assign(() => undefined, client.methods, { init: () => plugboard }) as unknown as Plugboard;
  const api = present();
  if (api) return api.init(options);
  client.expect();
  void client.run((arrived) => arrived.init(options));
  arrival ??= inject(options.baseURL, nonce).then(
    (arrived) => {
      client.settle(arrived);
      return arrived;
    },
    (error: unknown) => {
      arrival = null;
      client.settle(null);
      throw error;
    },
  );
  return arrival;
}
