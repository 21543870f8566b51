import type { IncomingMessage } from 'node:http';
import { invalid } from '#lib/parse-input';

/** Code and input of 1 MiB each, in which JSON may need six bytes for one. */
const MOST_BYTES = 13 * 1024 * 1024;

/** Null for a body that is too large; no more than that is ever in memory. `invalid` for what is not JSON in UTF-8. */
export async function readJson(request: IncomingMessage): Promise<{ value: unknown } | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) };
  } catch (cause) {
    throw invalid([{ path: '', message: 'must be JSON' }], { cause });
  }
}
