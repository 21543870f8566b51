import { NO_ANSWER, parseRefusal, type Refusal } from './refusal.ts';

export type Answer = { ok: true; data: unknown; etag: string | null } | { ok: false; refusal: Refusal };

type Options = {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  archive?: Blob;
  /** The version that the change is based on: `412` when there is a newer one. */
  ifMatch?: string | undefined;
  /** Sent again with the same key, it has its effect once. */
  idempotencyKey?: string;
  patienceMs?: number;
};

/** A password takes its time where many are tried at once. */
const PATIENCE_MS = 30_000;

/** Writes through the API, which is the only way that a page changes anything. Never throws. */
export async function send(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  { body, archive, ifMatch, idempotencyKey, patienceMs = PATIENCE_MS }: Options = {},
): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(archive === undefined ? {} : { 'Content-Type': 'application/zip' }),
        ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      },
      body: body === undefined ? (archive ?? null) : JSON.stringify(body),
    });
    const data = parseJson(await response.text());
    if (response.ok) return { ok: true, data, etag: response.headers.get('etag') };
    return { ok: false, refusal: parseRefusal(response.status, data, response.headers.get('retry-after')) };
  } catch {
    return { ok: false, refusal: NO_ANSWER };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
