import { parseArgs } from 'node:util';
import type * as z from 'zod';
import type { Command, Option, Typed, Word } from '../command.ts';
import { UsageError } from '../failure.ts';
import { formatOption, globalOptions } from '../global-options.ts';
import { argumentConfig } from './argument-config.ts';

export type Globals = { [K in keyof typeof globalOptions]: z.output<(typeof globalOptions)[K]['schema']> } & {
  [K in keyof typeof formatOption]: z.output<(typeof formatOption)[K]['schema']>;
};

/** Every option that a command takes. */
export function optionsOf({ options, shows }: Command): Record<string, Option> {
  return { ...options, ...(shows ? formatOption : {}), ...globalOptions };
}

/** The words and options of a call, and what is the same for all commands. */
export function parseCall(command: Command, argv: readonly string[]): { typed: Typed; globals: Globals } {
  const { values, positionals } = split(command, argv);
  const globals = parseParams({ ...globalOptions, ...formatOption }, values);
  const words = positionals.slice(command.name.split(' ').length);
  return { typed: { options: values, words: globals.help ? {} : nameWords(command, words) }, globals };
}

function split(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: argumentConfig(optionsOf(command)), allowPositionals: true });
  } catch (error) {
    // "Unknown option '--x'. To specify a positional argument …": the first sentence says it.
    if (error instanceof TypeError) throw new UsageError(error.message.split(/\.\s|\n/)[0] ?? error.message);
    throw error;
  }
}

function nameWords({ words: wanted }: Command, given: readonly string[]): Record<string, unknown> {
  const left = [...given];
  const named = Object.fromEntries(
    Object.entries(wanted).map(([name, { kind }]) => [name, kind === 'rest' ? left.splice(0) : left.shift()]),
  );
  if (left.length > 0) throw new UsageError(`There is a word too many: ${left[0]}`);
  return named;
}

/** What was typed, as its schemas have it; names the first that does not fit. */
export function parseParams<P extends Record<string, Option | Word>>(params: P, typed: Record<string, unknown>) {
  const parsed = Object.entries(params).map(([name, param]) => {
    const given = typed[name];
    if (given === undefined && param.kind === 'one') throw new UsageError(`${param.shown} is missing`);
    const outcome = param.schema.safeParse(given);
    if (outcome.success) return [name, outcome.data];
    const shown = param.kind === 'flag' || 'short' in param || isOption(param) ? `--${name}` : param.shown;
    throw new UsageError(`${shown} ${whyNot(param, outcome.error)}`);
  });
  // The compiler cannot tie names to their schemas; the lines above do.
  return Object.fromEntries(parsed) as { [K in keyof P]: z.output<P[K]['schema']> };
}

function isOption({ kind }: Option | Word): boolean {
  return kind === 'value' || kind === 'values';
}

function whyNot({ hint }: Option | Word, { issues }: z.ZodError): string {
  if (hint.kind === 'choice') return `must be one of ${hint.choices.join(', ')}`;
  return issues[0]?.message ?? 'does not fit';
}
