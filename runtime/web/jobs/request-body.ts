import type { IncomingMessage } from 'node:http';
import { invalid } from '#lib/parse-input';
import { MOST_SUBMISSION_BYTES } from '#lib/schemas/job';

/** Null for a body that is too large; no more than that is ever in memory. `invalid` for what is not JSON in UTF-8. */
export async function readJson(request: IncomingMessage): Promise<{ value: unknown } | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_SUBMISSION_BYTES) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_SUBMISSION_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) };
  } catch (cause) {
    throw invalid([{ path: '', code: 'not_json', message: 'must be JSON' }], { cause });
  }
}
