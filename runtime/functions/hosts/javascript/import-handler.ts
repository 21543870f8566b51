import { basename, dirname, extname, resolve } from 'node:path';
import { ownUrl } from './own-modules.ts';

export type Handler = (event: unknown, context: unknown) => unknown;

/**
 * `function`, `module.function` or `path/to/file.js:function`; ESM or CommonJS, JavaScript or TypeScript. `number` is that of
 * the function in its thread.
 */
export async function importHandler(path: string, handler: string, number: number): Promise<Handler> {
  const { file, name } = locate(path, handler);
  // A default export is looked into as well: that is what CommonJS modules become.
  const module = asRecord(await import(ownUrl(file, number)));
  const inner = asRecord(module.default);
  const found = module[name] ?? inner[name] ?? (name === 'handler' ? module.default : undefined);
  if (isHandler(found)) return found;
  const own = [...Object.keys(module), ...Object.keys(inner)].filter((key) => isHandler(module[key] ?? inner[key]));
  throw new TypeError(`${basename(file)} exports no function called '${name}'; it has: ${own.join(', ') || 'none'}`);
}

function locate(path: string, handler: string): { file: string; name: string } {
  const folder = dirname(path);
  const colon = handler.lastIndexOf(':');
  if (colon !== -1) return { file: resolve(folder, handler.slice(0, colon)), name: handler.slice(colon + 1) };
  const dot = handler.lastIndexOf('.');
  if (dot === -1) return { file: path, name: handler };
  const module = handler.slice(0, dot);
  const file = module === basename(path, extname(path)) ? path : resolve(folder, ...module.split('.')) + extname(path);
  return { file, name: handler.slice(dot + 1) };
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

function asRecord(value: unknown): Record<string, unknown> {
  return (typeof value === 'object' || typeof value === 'function') && value !== null ? { ...value } : {};
}

/** `%Y-%m-%d %H:%M:%S` in local time, as the context's `function_getmtime` is spelled. */
export function localTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
