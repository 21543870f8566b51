/** What the API did not do, and why, as a form can show it. */
export type Refusal = {
  /** 0: no answer came. */
  status: number;
  /** A sentence. */
  detail: string;
  /** The first problem of each field, by its path; '' is the input as a whole. */
  fields: Readonly<Record<string, string>>;
  retryAfterSeconds: number | null;
  /** With 429, where it is a limit on what there may be at once: which one. */
  limit: { name: string; most: number } | null;
  /** With 412: what is there now. */
  current: unknown;
};

export const NO_ANSWER: Refusal = {
  status: 0,
  detail: 'The server does not answer. Nothing was changed, as far as is known; try again.',
  fields: {},
  retryAfterSeconds: null,
  limit: null,
  current: undefined,
};

/** From an answer that is not 2xx: problem details (RFC 9457), or whatever a proxy in between has said. */
export function parseRefusal(status: number, body: unknown, retryAfter: string | null): Refusal {
  const problem = isObject(body) ? body : {};
  const detail = typeof problem.detail === 'string' ? problem.detail : `The server answered ${status}`;
  const fields = Array.isArray(problem.fields) ? problem.fields.filter(isFieldProblem) : [];
  return {
    status,
    detail: sentence(detail),
    // The first problem of a field wins, as in the order of its rules.
    fields: Object.fromEntries(fields.reverse().map(({ path, message }) => [path, sentence(message)])),
    retryAfterSeconds: /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : null,
    limit: isLimit(problem.limit) ? problem.limit : null,
    current: problem.current,
  };
}

/** What a form can tell by itself, without having sent anything. */
export function localRefusal(fields: Record<string, string>): Refusal {
  const told = Object.entries(fields).map(([path, message]) => [path, sentence(message)]);
  return { ...NO_ANSWER, status: 422, detail: '', fields: Object.fromEntries(told) };
}

/** "must not be empty" → "Must not be empty." */
export function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}

/** What no field of the form shows: said above its buttons. */
export function restOf({ fields, detail }: Refusal, shown: readonly string[]): string | null {
  const others = Object.entries(fields).filter(([path]) => !shown.includes(path));
  if (Object.keys(fields).length === 0) return detail;
  return others.length === 0 ? null : others.map(([path, text]) => (path === '' ? text : `${path}: ${text}`)).join(' ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isLimit(value: unknown): value is NonNullable<Refusal['limit']> {
  return isObject(value) && typeof value.name === 'string' && typeof value.most === 'number';
}

function isFieldProblem(value: unknown): value is { path: string; message: string } {
  return isObject(value) && typeof value.path === 'string' && typeof value.message === 'string';
}
