import * as z from 'zod';
import type { Hint, Option, Word } from './command.ts';

type Extra = { short?: string; files?: true };

const flagSchema = z.boolean().default(false);

/** An option without a value. */
export function flag(summary: string, { short }: { short?: string } = {}): Option<typeof flagSchema> {
  return { kind: 'flag', shown: '', summary, hint: { kind: 'anything' }, schema: flagSchema, ...withShort(short) };
}

/** An option with a value, which the schema checks; of an enum, the choices are known to help and completion. */
export function value<S extends z.ZodType>(
  shown: string,
  summary: string,
  schema: S,
  { short, files }: Extra = {},
): Option<z.ZodOptional<S>> {
  return {
    kind: 'value',
    shown,
    summary,
    hint: hintFor(schema, files),
    schema: schema.optional(),
    ...withShort(short),
  };
}

/** An option that may be given several times. */
export function values<S extends z.ZodType>(
  shown: string,
  summary: string,
  schema: S,
): Option<z.ZodDefault<z.ZodArray<S>>> {
  return { kind: 'values', shown, summary, hint: hintFor(schema), schema: z.array(schema).default([]) };
}

export function word<S extends z.ZodType>(shown: string, summary: string, schema: S, { files }: Extra = {}): Word<S> {
  return { kind: 'one', shown, summary, hint: hintFor(schema, files), schema };
}

export function maybeWord<S extends z.ZodType>(
  shown: string,
  summary: string,
  schema: S,
  { files }: Extra = {},
): Word<z.ZodOptional<S>> {
  return { kind: 'maybe', shown, summary, hint: hintFor(schema, files), schema: schema.optional() };
}

/** One or more. */
export function words<S extends z.ZodType>(shown: string, summary: string, schema: S): Word<z.ZodArray<S>> {
  return { kind: 'rest', shown, summary, hint: hintFor(schema), schema: z.array(schema).min(1, 'is missing') };
}

/** Digits that are a number, checked by a schema of numbers. */
export function digits<S extends z.ZodType<unknown, number>>(schema: S) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(schema);
}

function hintFor(schema: z.ZodType, files?: true): Hint {
  if (files) return { kind: 'file' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options.map(String) };
  return { kind: 'anything' };
}

/** Absent rather than undefined, as `parseArgs` wants it. */
function withShort(short: string | undefined) {
  return short === undefined ? {} : { short };
}
