import type { ConnectionKind } from '../types.ts';

/** Where models live that people often have. Of the local ones only the port differs. */
export interface Preset { id: string; kind: ConnectionKind; baseUrl: string; isLocal: boolean; model: string }

export const presets: readonly Preset[] = [
  { id: 'openai', kind: 'openai-compatible', baseUrl: 'https://api.openai.com/v1', isLocal: false, model: 'gpt-4.1-mini' },
  { id: 'anthropic', kind: 'anthropic', baseUrl: 'https://api.anthropic.com/v1', isLocal: false, model: 'claude-sonnet-4-5' },
  { id: 'ollama', kind: 'openai-compatible', baseUrl: 'http://localhost:11434/v1', isLocal: true, model: 'llama3.1' },
  { id: 'lmstudio', kind: 'openai-compatible', baseUrl: 'http://localhost:1234/v1', isLocal: true, model: 'qwen2.5-7b-instruct' },
  { id: 'vllm', kind: 'openai-compatible', baseUrl: 'http://localhost:8000/v1', isLocal: true, model: 'mistral-7b-instruct' },
  { id: 'llamacpp', kind: 'openai-compatible', baseUrl: 'http://localhost:8080/v1', isLocal: true, model: 'default' },
  { id: 'other', kind: 'openai-compatible', baseUrl: '', isLocal: false, model: '' },
];

/** The preset that an address belongs to; `other` for any other. */
export const presetOf = (kind: ConnectionKind, baseUrl: string): Preset =>
  presets.find((preset) => preset.kind === kind && preset.baseUrl === baseUrl.replace(/\/+$/, '')) ?? presets.find(({ id }) => id === (kind === 'anthropic' ? 'anthropic' : 'other'))!;
