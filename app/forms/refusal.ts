import type { ProblemCode } from '#lib/schemas/api';
import type { FieldCode } from '#lib/schemas/field-code';

/** What is wrong with a field where the page knows it without having asked. */
export type LocalCode = 'not_seconds' | 'wrong_credentials';

/** Of what a page has put into its reader's words already. */
export const IN_WORDS = 'in_words';

/** `no_answer`: nothing came, so nobody knows. */
export type RefusalCode = ProblemCode | 'no_answer';

/** What is wrong with one field; a code that this page does not know is told in the API's own words. */
export type Wrong = { code: FieldCode | LocalCode | (string & {}); limit?: number | undefined; message: string };

/** What the API did not do, and why, as a form can show it. */
export type Refusal = {
  /** 0: no answer came. */
  status: number;
  /** '' where whatever has answered is not the API. */
  code: RefusalCode | (string & {});
  /** The API's own words, in English; '' where it said nothing. */
  detail: string;
  /** The first problem of each field, by its path; '' is the input as a whole. */
  fields: Readonly<Record<string, Wrong>>;
  retryAfterSeconds: number | null;
  /** With 429, where it is a limit on what there may be at once: which one. */
  limit: { name: string; most: number } | null;
  /** With 412: what is there now. */
  current: unknown;
};

export const NO_ANSWER: Refusal = {
  status: 0,
  code: 'no_answer',
  detail: '',
  fields: {},
  retryAfterSeconds: null,
  limit: null,
  current: undefined,
};

/** From an answer that is not 2xx: problem details (RFC 9457), or whatever a proxy in between has said. */
export function parseRefusal(status: number, body: unknown, retryAfter: string | null): Refusal {
  const problem = isObject(body) ? body : {};
  const fields = Array.isArray(problem.fields)
    ? problem.fields.map(asFieldProblem).filter((each) => each !== null)
    : [];
  return {
    status,
    code: textOf(problem.code),
    detail: textOf(problem.detail),
    // The first problem of a field wins, as in the order of its rules.
    fields: Object.fromEntries(fields.reverse()),
    retryAfterSeconds: /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : null,
    limit: isLimit(problem.limit) ? problem.limit : null,
    current: problem.current,
  };
}

/** What a form can tell by itself, without having sent anything. */
export function localRefusal(fields: Record<string, Wrong>): Refusal {
  return { ...NO_ANSWER, status: 422, code: 'invalid', fields };
}

/** Something that only the page says of a field. */
export function locally(code: LocalCode): Wrong {
  return { code, message: '' };
}

/** What a page has put into its reader's words already. */
export function inWords(text: string): Wrong {
  return { code: IN_WORDS, message: text };
}

function asFieldProblem(value: unknown): [path: string, Wrong] | null {
  if (!isObject(value) || typeof value.path !== 'string') return null;
  const limit = typeof value.limit === 'number' ? value.limit : undefined;
  return [value.path, { code: textOf(value.code), limit, message: textOf(value.message) }];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isLimit(value: unknown): value is NonNullable<Refusal['limit']> {
  return isObject(value) && typeof value.name === 'string' && typeof value.most === 'number';
}
