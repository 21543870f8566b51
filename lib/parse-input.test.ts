import { expect, test } from 'vitest';
import type { FieldProblem } from './errors.ts';
import { parseInput, problemsOf } from './parse-input.ts';
import { newUser, passwordChange } from './schemas/account.ts';
import { newJob } from './schemas/job.ts';
import { functionSettings, settingChanges } from './schemas/settings.ts';

const rulesOf = (problems: readonly FieldProblem[]) => problems.map(({ path, code, limit }) => [path, code, limit]);

test.each([
  [settingChanges, { inputKey: '' }, [['inputKey', 'required', undefined]]],
  [settingChanges, { inputKey: 'k'.repeat(513) }, [['inputKey', 'too_long', 512]]],
  [settingChanges, { handler: 'a\u0000b' }, [['handler', 'wrong_format', undefined]]],
  [settingChanges, { periodMs: 1 }, [['periodMs', 'too_small', 10]]],
  [settingChanges, { periodMs: 1e9 }, [['periodMs', 'too_large', 86_400_000]]],
  [settingChanges, { periodMs: 10.5 }, [['periodMs', 'not_whole', undefined]]],
  [settingChanges, { periodMs: '10' }, [['periodMs', 'wrong_type', undefined]]],
  [settingChanges, { invoke: 'never' }, [['invoke', 'not_a_choice', undefined]]],
  [
    settingChanges,
    { colour: 1, size: 2 },
    [
      ['colour', 'unknown', undefined],
      ['size', 'unknown', undefined],
    ],
  ],
  [
    newUser,
    { name: 'grace', password: 'Grace' },
    [
      ['password', 'too_short', 8],
      ['password', 'password_is_name', undefined],
    ],
  ],
  [newUser, { name: 'gracehopper', password: 'GraceHopper' }, [['password', 'password_is_name', undefined]]],
  [
    passwordChange,
    { current: '', password: `vig_${'a'.repeat(43)}` },
    [
      ['current', 'required', undefined],
      ['password', 'password_is_token', undefined],
    ],
  ],
] as const)('each rule that %# breaks has its code', (schema, input, rules) => {
  const issues = schema.safeParse(input).error?.issues ?? [];
  expect(rulesOf(issues.flatMap(problemsOf))).toEqual(rules);
});

test('the number that a rule names is in the unit of its field', () => {
  const issues = functionSettings.shape.timeoutMs.safeParse(1).error?.issues ?? [];
  expect(issues.flatMap(problemsOf)).toEqual([
    { path: '', code: 'too_small', limit: 50, message: 'must be at least 0.05 s' },
  ]);
});

test.each([
  [newJob, {}, 'code: is missing'],
  [newJob, { code: 7, retryable: 'yes' }, 'code: must be text; retryable: must be true or false'],
  [newJob, { code: 'x', language: 'ruby' }, 'language: must be one of python, node, bash'],
  [newJob, [], 'must be a JSON object'],
  [settingChanges, { periodMs: '10' }, 'periodMs: must be a number'],
] as const)('%#: what a rule says of itself is in words for who sent it', (schema, input, said) => {
  expect(() => parseInput<unknown>(schema, input)).toThrow(said);
});
