import * as z from 'zod';
import { problem } from '#lib/schemas/api';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

/** What a refusal has to say; an older server, or a proxy, may leave out any of it. */
const saying = problem.pick({ detail: true, fields: true, requestId: true }).partial();

const CODES: Record<number, ExitCode> = {
  401: EXIT.notAllowed,
  403: EXIT.notAllowed,
  404: EXIT.notFound,
  429: EXIT.tryLater,
  500: EXIT.broken,
  503: EXIT.unreachable,
};

/** The server has answered, and does not do it. */
export class Refusal extends Failure {
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(status: number, message: string, more: string[] = [], requestId?: string) {
    super(CODES[status] ?? (status > 500 ? EXIT.unreachable : EXIT.refused), message, { more });
    this.name = 'Refusal';
    this.status = status;
    this.requestId = requestId;
  }
}

/** The server has not answered. */
export class Unreachable extends Failure {
  /** Whether the connection was lost when the request may have been sent. */
  readonly mayHaveArrived: boolean;

  constructor(message: string, { mayHaveArrived, ...options }: ErrorOptions & { mayHaveArrived: boolean }) {
    super(EXIT.unreachable, message, options);
    this.name = 'Unreachable';
    this.mayHaveArrived = mayHaveArrived;
  }
}

export async function refusalOf(response: Response, server: string): Promise<Failure> {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    return new Refusal(status, `${server} sends elsewhere, to ${headers.get('location')}: name that with --server`);
  }
  const parsed = saying.safeParse(parseJson(await response.text()));
  if (!parsed.success || parsed.data.detail === undefined) {
    return new Refusal(status, `${server} answered with ${status}, and not as Vigia does`);
  }
  const { detail, fields = [], requestId } = parsed.data;
  const more =
    fields.length < 2 ? [] : fields.map(({ path, message }) => (path === '' ? `it ${message}` : `${path} ${message}`));
  const after = headers.get('retry-after');
  if (status === 429 && after !== null) more.push(`Try again in ${after} s`);
  if (status === 401) more.push('Sign in: vigia login');
  // The detail is all of them in one line.
  return new Refusal(status, fields.length < 2 ? detail : 'Some of it does not fit', more, requestId);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const systemError = z.object({ code: z.string().default(''), message: z.string() });

/** Why a request has no answer. */
export function unreachable(error: unknown, server: string): Unreachable {
  if (isTimeout(error)) {
    return new Unreachable(`${server} does not answer in time`, { cause: error, mayHaveArrived: true });
  }
  const cause = systemError.safeParse(error instanceof Error ? (error.cause ?? error) : error);
  const code = cause.success ? cause.data.code : '';
  const reason = REASONS[code] ?? (cause.success ? cause.data.message || code : String(error));
  const mayHaveArrived = LOST.includes(code);
  return new Unreachable(`${server} cannot be reached: ${reason}`, { cause: error, mayHaveArrived });
}

export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNRESET: 'it has hung up',
  UND_ERR_SOCKET: 'it has hung up',
};

/** What goes wrong with a connection that there was; the first four are the system's, the others those of `fetch`. */
const LOST = [
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENETRESET',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
];
