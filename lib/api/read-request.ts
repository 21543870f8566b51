import { VigiaError } from '#lib/errors';
import { invalid } from '#lib/parse-input';
import type { BodyKind } from './media.ts';
import { TransportRefusal } from './problem.ts';

type AnyBody = Pick<BodyKind<never>, 'media' | 'maxBytes'>;

/** Without parameters such as `charset`, in lower case; null when there is none. */
export function mediaTypeOf(request: Request): string | null {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null;
}

/** The bytes of a body, never more than its kind allows: what is too large is refused before it is in memory. */
export async function readBody(request: Request, { maxBytes }: AnyBody): Promise<Buffer> {
  const tooLarge = () => new TransportRefusal(413, `The body is larger than ${maxBytes / 1024 / 1024} MiB`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** What the bytes say; `invalid` for what is not JSON in UTF-8. */
export function parseBody(bytes: Buffer, { media }: AnyBody): unknown {
  if (media === 'application/zip') return bytes;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new VigiaError('invalid', 'The body is not JSON', {
      fields: [{ path: '', code: 'not_json', message: 'must be JSON' }],
      cause,
    });
  }
}

/** The parameters of a query; `invalid` names those that are there twice. */
export function queryOf(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  const names = [...searchParams.keys()];
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0)
    throw invalid(twice.map((path) => ({ path, code: 'refused', message: 'must not be given twice' })));
  return Object.fromEntries(searchParams);
}

/** What `If-Match` asks for; undefined for whatever is there now. */
export function revisionOf(request: Request): number | undefined {
  const header = request.headers.get('if-match')?.trim() ?? '*';
  if (header === '*') return undefined;
  const revision = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (revision === undefined)
    throw invalid([{ path: 'If-Match', code: 'wrong_format', message: 'must be the ETag of an answer' }]);
  return Number(revision);
}
