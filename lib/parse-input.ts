import type * as z from 'zod';
import { type FieldProblem, VigiaError } from './errors.ts';

/** What somebody sent, by its schema; `invalid` names every field that does not fit, and repeats no value. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    { cause: parsed.error },
  );
}

/** Fields that are wrong for a reason that no schema knows. */
export function invalid(fields: readonly FieldProblem[], options?: ErrorOptions): VigiaError {
  const sentences = fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return new VigiaError('invalid', sentences.join('; '), { ...options, fields });
}
