import 'server-only';
import * as z from 'zod';
import type { Context } from '#lib/context';
import { type ErrorCode, VigiaError } from '#lib/errors';
import { getContext } from '../context.ts';

const STATUS = { not_found: 404, invalid: 422, unavailable: 503 } as const satisfies Record<ErrorCode, number>;
const TITLE = { 404: 'Not found', 422: 'Invalid request', 500: 'Internal error', 503: 'Unavailable' } as const;
const RETRY_AFTER_SECONDS = '2';

/** Answers with what the verb returns as JSON; whatever it throws becomes a problem (RFC 9457). */
export async function respond(work: (ctx: Context) => Promise<object>): Promise<Response> {
  const ctx = await getContext();
  try {
    return Response.json(await work(ctx), { headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    if (error instanceof VigiaError) return problem(STATUS[error.code], error.message);
    ctx.log.error({ err: error }, 'an API request failed');
    return problem(500, 'Something went wrong here; the log says what.');
  }
}

/** The query's parameters by a schema; `invalid` names each one that does not fit. */
export function parseQuery<T>(schema: z.ZodType<T>, request: Request): T {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'query'}: ${message}`);
  throw new VigiaError('invalid', problems.join('; '), { cause: parsed.error });
}

/** A whole number in a query. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);

function problem(status: keyof typeof TITLE, detail: string): Response {
  const headers = new Headers({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' });
  if (status === 503) headers.set('Retry-After', RETRY_AFTER_SECONDS);
  return new Response(JSON.stringify({ type: 'about:blank', title: TITLE[status], status, detail }), {
    status,
    headers,
  });
}
