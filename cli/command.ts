import type * as z from 'zod';
import type { Cli } from './cli.ts';
import type { ExitCode } from './exit-codes.ts';

/** What may stand where an option's value or a word of the command is: for completion. */
export type Hint = { kind: 'anything' } | { kind: 'file' } | { kind: 'choice'; choices: readonly string[] };

/** An option: a flag, one with a value, or one with a value that may be given several times. */
export type Option<S extends z.ZodType = z.ZodType> = {
  kind: 'flag' | 'value' | 'values';
  short?: string;
  /** How the value is called in the help; '' of a flag. */
  shown: string;
  summary: string;
  hint: Hint;
  schema: S;
};

/** A word that is no option; `rest` is all that are left. */
export type Word<S extends z.ZodType = z.ZodType> = {
  kind: 'one' | 'maybe' | 'rest';
  shown: string;
  summary: string;
  hint: Hint;
  schema: S;
};

type Parsed<Params extends Record<string, { schema: z.ZodType }>> = {
  [K in keyof Params]: z.output<Params[K]['schema']>;
};

type Options = Record<string, Option>;
type Words = Record<string, Word>;

type Definition<W extends Words, O extends Options> = {
  /** As it is typed: "jobs submit". */
  name: string;
  /** One sentence, in the imperative. */
  summary: string;
  /** What else somebody must know, as Markdown that reads well as plain text. */
  description?: string;
  words?: W;
  options?: O;
  /** Whether it shows something as `-o` says. */
  shows?: true;
  /** Lines for a shell. */
  examples: readonly string[];
  /** The exit code, unless all is well. A job's own may be any. */
  run(cli: Cli, words: Parsed<W>, options: Parsed<O>): Promise<ExitCode | number | undefined>;
};

/** What was typed, checked by nobody yet. */
export type Typed = { words: Record<string, unknown>; options: Record<string, unknown> };

/** A command among others: what parsing, help, completion and documentation need of it. */
export type Command = {
  name: string;
  summary: string;
  description: string | undefined;
  words: Words;
  options: Options;
  shows: boolean;
  examples: readonly string[];
  run(cli: Cli, typed: Typed, parse: Parse): Promise<ExitCode | number | undefined>;
};

/** Checks what was typed by the schemas; throws a usage error that names what does not fit. */
type Parse = <P extends Record<string, Option | Word>>(params: P, typed: Record<string, unknown>) => Parsed<P>;

/** Defines a command: there is no other way to have one, so that there is none without help and an example. */
export function command<W extends Words = Record<never, Word>, O extends Options = Record<never, Option>>(
  definition: Definition<W, O>,
): Command {
  const { words = {} as W, options = {} as O, ...rest } = definition;
  return {
    description: undefined,
    ...rest,
    words,
    options,
    shows: definition.shows === true,
    run: (cli, typed, parse) => definition.run(cli, parse(words, typed.words), parse(options, typed.options)),
  };
}
