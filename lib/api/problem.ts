import { type FieldProblem, type Limit, VigiaError } from '#lib/errors';
import { httpRefusal, type RefusalStatus } from '#lib/http-refusal';
import type { Log } from '#lib/log';
import type { ProblemCode } from '#lib/schemas/api';

/** A request that no endpoint can take, whatever is in it. */
export class TransportRefusal extends Error {
  readonly status: 404 | 405 | 413 | 415;
  readonly headers: Record<string, string>;

  constructor(status: TransportRefusal['status'], message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'TransportRefusal';
    this.status = status;
    this.headers = headers;
  }
}

export const TITLES = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible now',
  412: 'Changed since',
  413: 'Too large',
  415: 'Wrong media type',
  422: 'Invalid request',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
} as const satisfies Record<RefusalStatus | TransportRefusal['status'] | 500, string>;

const TRANSPORT_CODES = {
  404: 'not_found',
  405: 'wrong_method',
  413: 'too_large',
  415: 'wrong_media_type',
} as const satisfies Record<TransportRefusal['status'], ProblemCode>;

type Members = {
  code: ProblemCode;
  detail: string;
  fields?: readonly FieldProblem[] | undefined;
  current?: unknown;
  limit?: Limit | undefined;
};

/** Whatever was thrown as problem details (RFC 9457). A fault of ours says nothing of itself but in the log. */
export function problemFor(error: unknown, requestId: string, log: Log): Response {
  if (error instanceof TransportRefusal) {
    return problem(
      error.status,
      { code: TRANSPORT_CODES[error.status], detail: error.message },
      requestId,
      error.headers,
    );
  }
  if (error instanceof VigiaError) {
    const { status, headers } = httpRefusal(error);
    const { code, message: detail, fields, current, limit } = error;
    return problem(status, { code, detail, fields, current, limit }, requestId, headers);
  }
  log.error({ err: error }, 'an API request failed');
  return problem(500, { code: 'internal', detail: 'Something went wrong here; the log says what.' }, requestId);
}

function problem(
  status: keyof typeof TITLES,
  members: Members,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const body = { type: 'about:blank', title: TITLES[status], status, ...members, requestId };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}
