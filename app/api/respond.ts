import 'server-only';
import * as z from 'zod';
import type { Context } from '#lib/context';
import { type FieldProblem, VigiaError } from '#lib/errors';
import { httpRefusal, type RefusalStatus } from '#lib/http-refusal';
import { parseInput } from '#lib/parse-input';
import { getContext } from '../context.ts';

const TITLE = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Exists already',
  412: 'Changed since',
  422: 'Invalid request',
  429: 'Too many failures',
  500: 'Internal error',
  503: 'Unavailable',
} as const satisfies Record<RefusalStatus | 500, string>;

/** Answers with what the verb returns as JSON; whatever it throws becomes a problem (RFC 9457). */
export async function respond(work: (ctx: Context) => Promise<object>): Promise<Response> {
  const ctx = await getContext();
  try {
    return Response.json(await work(ctx), { headers: { 'Cache-Control': 'no-store' } });
  } catch (error) {
    if (error instanceof VigiaError) return refusal(error);
    ctx.log.error({ err: error }, 'an API request failed');
    return problem(500, { detail: 'Something went wrong here; the log says what.' });
  }
}

/** The query's parameters by a schema; `invalid` names each one that does not fit. */
export function parseQuery<T>(schema: z.ZodType<T>, request: Request): T {
  return parseInput(schema, Object.fromEntries(new URL(request.url).searchParams));
}

/** A whole number in a query. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);

function refusal(error: VigiaError): Response {
  const { status, headers } = httpRefusal(error);
  const { message: detail, fields, current } = error;
  return problem(status, { detail, fields, current }, headers);
}

function problem(
  status: keyof typeof TITLE,
  members: { detail: string; fields?: readonly FieldProblem[]; current?: unknown },
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title: TITLE[status], status, ...members }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
  });
}
