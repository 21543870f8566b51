import * as z from 'zod';

const withoutControl = /^[^\p{Cc}]*$/u;

/** A Redis key that belongs to users: the collector's, another function's, anybody's. */
const userKey = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(512, 'must be at most 512 characters')
  .regex(withoutControl, 'must not hold control characters');

const milliseconds = (min: number, max: number) =>
  z
    .number()
    .int('must be whole milliseconds')
    .min(min, `must be at least ${min / 1000} s`)
    .max(max, `must be at most ${max / 1000} s`);

/** What of a function can be changed while it runs; the same rules in the environment, the API and the forms. */
export const functionSettings = z.object({
  inputKey: userKey,
  outputKey: userKey,
  periodMs: milliseconds(10, 86_400_000),
  timeoutMs: milliseconds(50, 3_600_000),
  /** `function`, `module.function`, `package.module.function` or `path/to/file.py:function`. */
  handler: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(512, 'must be at most 512 characters')
    .regex(withoutControl, 'must not hold control characters'),
  /** `tick` calls it every period, `change` as soon as the input key is written. */
  invoke: z.enum(['tick', 'change']),
  /** `own` gives it a process or thread of its own, `shared` puts it together with others. */
  isolation: z.enum(['own', 'shared']),
  enabled: z.boolean(),
});
export type FunctionSettings = z.infer<typeof functionSettings>;

export const settingName = functionSettings.keyof();
export type SettingName = z.infer<typeof settingName>;

/** A wish to change settings: a value overrides what the deployment says, `null` takes an override back. */
export const settingChanges = z.strictObject({
  inputKey: functionSettings.shape.inputKey.nullable().optional(),
  outputKey: functionSettings.shape.outputKey.nullable().optional(),
  periodMs: functionSettings.shape.periodMs.nullable().optional(),
  timeoutMs: functionSettings.shape.timeoutMs.nullable().optional(),
  handler: functionSettings.shape.handler.nullable().optional(),
  invoke: functionSettings.shape.invoke.nullable().optional(),
  isolation: functionSettings.shape.isolation.nullable().optional(),
  enabled: functionSettings.shape.enabled.nullable().optional(),
});
export type SettingChanges = z.infer<typeof settingChanges>;
