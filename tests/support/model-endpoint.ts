import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a model is asked, as the endpoint read it. */
export interface ModelRequest { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown>; system: string; /** All messages as one text. */ text: string; model: string }

export interface ToolUse { name: string; input: unknown; /** Sent as it is instead of the input: arguments that are no JSON. */ raw?: string }
/** What the endpoint does with one request. */
export type Behaviour =
  | { say: string; tools?: ToolUse[]; usage?: { input: number; output: number } }
  | { misbehave: 'empty' | 'huge' | 'endless' | 'cut' | 'cut-at-once' | 'silence' | 'silence-after-start' | 'garbage' | 'wrong-json' | 'html' | 'whole' | 'at-token-limit' | 'error-in-stream' }
  | { say: string; dripMs: number }
  | { status: number; headers?: Record<string, string>; message?: string; type?: string };

export interface ModelEndpoint {
  readonly url: string;
  readonly host: string;
  readonly requests: ModelRequest[];
  /** Answers the next requests in this order; then `otherwise` goes on. */
  next(...behaviours: Behaviour[]): void;
  otherwise(behave: (request: ModelRequest) => Behaviour): void;
  /** Connections that are open now. */
  open(): number;
  stop(): Promise<void>;
}

const chunkOf = (text: string): string[] => text.match(/[\s\S]{1,12}/g) ?? [];
const textIn = (content: unknown): string => (typeof content === 'string' ? content : Array.isArray(content) ? content.map((part) => textIn((part as { text?: unknown; content?: unknown }).text ?? (part as { content?: unknown }).content ?? '')).join('') : '');

/**
 * A model endpoint on loopback that speaks as the real ones do: `/v1/chat/completions` and `/v1/embeddings` in the manner
 * of OpenAI, `/v1/messages` in that of Anthropic, each streaming with server-sent events; and that misbehaves on command.
 */
export async function startModelEndpoint(): Promise<ModelEndpoint> {
  const requests: ModelRequest[] = [];
  const queue: Behaviour[] = [];
  let fallback: (request: ModelRequest) => Behaviour = () => ({ say: 'Hello.' });
  const server: Server = createServer((incoming, response) => {
    void (async () => {
      const raw: Buffer[] = [];
      for await (const piece of incoming) raw.push(piece as Buffer);
      const path = incoming.url ?? '';
      if (path.endsWith('/models')) return json(response, 200, { object: 'list', data: [{ id: 'small', object: 'model' }, { id: 'large', object: 'model' }] });
      const request = read(path, incoming, Buffer.concat(raw).toString());
      requests.push(request);
      if (path.endsWith('/embeddings')) return json(response, 200, embeddings(request));
      const speak = path.endsWith('/chat/completions') ? openAi : path.endsWith('/messages') ? anthropic : null;
      if (!speak) return json(response, 404, { error: { message: `Unknown request URL: POST ${path}` } });
      return answer(response, request, queue.shift() ?? fallback(request), speak);
    })().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let sockets = 0;
  server.on('connection', (socket) => {
    sockets += 1;
    socket.once('close', () => { sockets -= 1; });
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/v1`, host, requests,
    next: (...behaviours) => void queue.push(...behaviours),
    otherwise: (behave) => { fallback = behave; },
    open: () => sockets,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function read(path: string, incoming: IncomingMessage, raw: string): ModelRequest {
  const body = JSON.parse(raw || '{}') as Record<string, unknown>;
  const messages = (body.messages ?? []) as { role: string; content: unknown }[];
  const system = textIn(body.system ?? messages.find(({ role }) => role === 'system')?.content ?? '');
  return { path, headers: incoming.headers, body, system, text: messages.filter(({ role }) => role !== 'system').map(({ content }) => textIn(content)).join('\n'), model: String(body.model ?? '') };
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** As long as the text: words that are alike lie near each other. */
function embeddings({ body }: ModelRequest): unknown {
  const input = (Array.isArray(body.input) ? body.input : [body.input]) as string[];
  const vector = (text: string): number[] => Array.from({ length: 16 }, (_, at) => [...text.toLowerCase()].filter((sign) => sign.charCodeAt(0) % 16 === at).length / Math.max(1, text.length));
  return { object: 'list', data: input.map((text, index) => ({ object: 'embedding', index, embedding: vector(text) })), model: body.model, usage: { prompt_tokens: input.join(' ').length, total_tokens: input.join(' ').length } };
}

/** The events of one manner of speaking. */
interface Manner { start(): string; text(piece: string): string; tool(use: ToolUse, index: number): string; end(reason: 'stop' | 'tools' | 'length', usage: { input: number; output: number }): string; error(): string; whole(text: string): unknown; problem(message: string, type: string): unknown }

async function answer(response: ServerResponse, request: ModelRequest, behaviour: Behaviour, speak: (request: ModelRequest) => Manner): Promise<void> {
  const manner = speak(request);
  if ('status' in behaviour) return json(response, behaviour.status, manner.problem(behaviour.message ?? 'it failed', behaviour.type ?? 'api_error'), behaviour.headers);
  if ('misbehave' in behaviour) return misbehave(response, behaviour.misbehave, manner);
  if (request.body.stream !== true) return json(response, 200, manner.whole(behaviour.say));
  events(response);
  response.write(manner.start());
  for (const piece of chunkOf(behaviour.say)) {
    response.write(manner.text(piece));
    if ('dripMs' in behaviour) await new Promise((resolve) => setTimeout(resolve, behaviour.dripMs));
  }
  const tools = 'tools' in behaviour ? behaviour.tools ?? [] : [];
  tools.forEach((use, index) => response.write(manner.tool(use, index)));
  response.end(manner.end(tools.length > 0 ? 'tools' : 'stop', ('usage' in behaviour ? behaviour.usage : undefined) ?? { input: 100, output: 20 }));
}

const events = (response: ServerResponse): void => void response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });

function misbehave(response: ServerResponse, how: Extract<Behaviour, { misbehave: string }>['misbehave'], manner: Manner): void {
  if (how === 'silence') return;
  if (how === 'cut-at-once') return void response.destroy();
  if (how === 'html') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    return void response.end('<html><body><h1>It works!</h1></body></html>');
  }
  if (how === 'wrong-json') return json(response, 200, { message: 'welcome' });
  if (how === 'whole') return json(response, 200, manner.whole('All at once.'));
  events(response);
  if (how === 'garbage') return void response.end('data: {"choices": [{"delta": {"content": 5\n\ndata: nonsense\n\nevent: ???\n\ndata: [DONE]\n\n');
  response.write(manner.start());
  if (how === 'empty') return void response.end(manner.end('stop', { input: 10, output: 0 }));
  if (how === 'silence-after-start') return;
  if (how === 'error-in-stream') return void response.end(manner.error());
  if (how === 'at-token-limit') return void response.end(manner.text('This is only half of') + manner.end('length', { input: 10, output: 1_000 }));
  if (how === 'cut') {
    response.write(manner.text('This is only half of '));
    return void response.write(manner.text('an answer that'), () => response.destroy());
  }
  if (how === 'huge') return void response.end(manner.text('lorem ipsum '.repeat(90_000)) + manner.end('stop', { input: 10, output: 1 }));
  const timer = setInterval(() => response.write(manner.text('and so on and so forth '.repeat(20))), 1);
  response.once('close', () => clearInterval(timer));
}

function openAi({ model }: ModelRequest): Manner {
  const event = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
  const chunk = (delta: unknown, finish: string | null = null) => event({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model, choices: [{ index: 0, delta, finish_reason: finish }] });
  const usageOf = ({ input, output }: { input: number; output: number }) => ({ prompt_tokens: input, completion_tokens: output, total_tokens: input + output });
  return {
    start: () => chunk({ role: 'assistant', content: '' }),
    text: (content) => chunk({ content }),
    tool: ({ name, input, raw }, index) => {
      const text = raw ?? JSON.stringify(input);
      const half = Math.ceil(text.length / 2);
      return chunk({ tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } }] })
        + [text.slice(0, half), text.slice(half)].map((part) => chunk({ tool_calls: [{ index, function: { arguments: part } }] })).join('');
    },
    end: (reason, usage) => chunk({}, reason === 'tools' ? 'tool_calls' : reason) + event({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices: [], usage: usageOf(usage) }) + event('[DONE]'),
    error: () => event({ error: { message: 'The server had an error', type: 'server_error' } }),
    whole: (content) => ({ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model, choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }], usage: usageOf({ input: 1, output: 1 }) }),
    problem: (message, type) => ({ error: { message, type, code: null } }),
  };
}

function anthropic({ model }: ModelRequest): Manner {
  const event = (data: { type: string } & Record<string, unknown>): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
  let isOpen = false;
  const open = (): string => (isOpen ? '' : (isOpen = true, event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })));
  const close = (): string => (isOpen ? (isOpen = false, event({ type: 'content_block_stop', index: 0 })) : '');
  return {
    start: () => event({ type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', content: [], model, stop_reason: null, stop_sequence: null, usage: { input_tokens: 100, output_tokens: 1 } } }) + event({ type: 'ping' }),
    text: (text) => open() + event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    tool: ({ name, input, raw }, index) => close() + event({ type: 'content_block_start', index: index + 1, content_block: { type: 'tool_use', id: `toolu_${index}`, name, input: {} } })
      + event({ type: 'content_block_delta', index: index + 1, delta: { type: 'input_json_delta', partial_json: raw ?? JSON.stringify(input) } }) + event({ type: 'content_block_stop', index: index + 1 }),
    end: (reason, { output }) => close() + event({ type: 'message_delta', delta: { stop_reason: { stop: 'end_turn', tools: 'tool_use', length: 'max_tokens' }[reason], stop_sequence: null }, usage: { output_tokens: output } }) + event({ type: 'message_stop' }),
    error: () => event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    whole: (text) => ({ id: 'msg_1', type: 'message', role: 'assistant', model, content: [{ type: 'text', text }], stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } }),
    problem: (message, type) => ({ type: 'error', error: { type, message } }),
  };
}
