import type * as z from 'zod';
import { type FieldProblem, VigiaError } from './errors.ts';

/** What somebody sent, by its schema; `invalid` names every field that does not fit, and repeats no value. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap(problemsOf), { cause: parsed.error });
}

/** One for each field: of fields that nobody knows there are several in one issue. */
function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message }];
  return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not known here' }));
}

/** Fields that are wrong for a reason that no schema knows. */
export function invalid(fields: readonly FieldProblem[], options?: ErrorOptions): VigiaError {
  const sentences = fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return new VigiaError('invalid', sentences.join('; '), { ...options, fields });
}
