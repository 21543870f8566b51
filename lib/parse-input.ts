import * as z from 'zod';
import { type FieldProblem, VigiaError } from './errors.ts';
import { fieldCode } from './schemas/field-code.ts';
import { ruleWords } from './schemas/rule-words.ts';

/** What a rule of our own says of itself, in the `params` of its issue. */
const fieldRule = z.object({ code: fieldCode, limit: z.number().optional() });

/** What somebody sent, by its schema; `invalid` names every field that does not fit, and repeats no value. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input, { error: ruleWords });
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap(problemsOf), { cause: parsed.error });
}

/** One for each field: of fields that nobody knows there are several in one issue. */
export function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), ...ruleOf(issue), message }];
  return issue.keys.map((key) => ({ path: [...path, key].join('.'), code: 'unknown', message: 'is not known here' }));
}

/** Which rule it is that an issue of zod tells of. */
function ruleOf(issue: z.core.$ZodIssue): Pick<FieldProblem, 'code' | 'limit'> {
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.expected === 'int' ? 'not_whole' : 'wrong_type' };
    case 'too_small': {
      const limit = Number(issue.minimum);
      if (issue.origin !== 'string') return { code: 'too_small', limit };
      return limit === 1 ? { code: 'required' } : { code: 'too_short', limit };
    }
    case 'too_big':
      return { code: issue.origin === 'string' ? 'too_long' : 'too_large', limit: Number(issue.maximum) };
    case 'invalid_format':
    case 'invalid_union':
      return { code: 'wrong_format' };
    case 'invalid_value':
      return { code: 'not_a_choice' };
    case 'custom':
      return fieldRule.safeParse(issue.params).data ?? { code: 'refused' };
    default:
      return { code: 'refused' };
  }
}

/** Fields that are wrong for a reason that no schema knows. */
export function invalid(fields: readonly FieldProblem[], options?: ErrorOptions): VigiaError {
  const sentences = fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return new VigiaError('invalid', sentences.join('; '), { ...options, fields });
}
