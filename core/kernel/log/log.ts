import { pino, type Logger } from 'pino';

export type Log = Logger;

const redact = {
  paths: ['password', 'token', 'secret', 'authorization', 'cookie', '*.password', '*.token', '*.secret', '*.authorization', '*.cookie', 'headers.authorization', 'headers.cookie', 'values.*'],
  censor: '[redacted]',
};

/** JSON lines on stdout; with a terminal and outside production, lines to read. */
export function createLog(options: { level: string; isPretty: boolean; name?: string }): Log {
  return pino({
    level: options.level,
    base: options.name ? { process: options.name } : null,
    redact,
    ...(options.isPretty ? { transport: { target: 'pino-pretty', options: { colorize: true, ignore: 'pid,hostname,process', translateTime: 'HH:MM:ss' } } } : {}),
  });
}
