import { visibleText } from '#lib/text/visible-text';
import type { OutputFormat } from '../global-options.ts';
import { neutralJson, neutralLine } from './neutral.ts';
import { type Screen, screenOf } from './screen.ts';

export type Draw = (screen: Screen) => string;

type OutputStream = 'stdout' | 'stderr';

/** What the command writes: what was asked for to stdout, everything about it to stderr. */
export class Output {
  readonly format: OutputFormat;
  readonly #raw: boolean;

  constructor(format: OutputFormat, raw: boolean) {
    this.format = format;
    this.#raw = raw;
  }

  /** A value as `-o` says: for people as it is drawn, which makes it harmless to a terminal by itself. */
  async show(value: unknown, draw: Draw): Promise<void> {
    process.stdout.write(await this.textOf(value, draw));
  }

  async textOf(value: unknown, draw: Draw): Promise<string> {
    if (this.format === 'table') return draw(screenOf(process.stdout));
    if (this.format === 'yaml') return (await import('./yaml.ts')).yamlOf(value, this.#raw);
    return `${this.#json(value, 2)}\n`;
  }

  /** As JSON in one line. */
  lineOf(value: unknown): string {
    return this.#json(value, 0);
  }

  #json(value: unknown, indent: number): string {
    const json = JSON.stringify(value, null, indent);
    return this.#raw ? json : neutralJson(json);
  }

  /** What somebody's code has written. */
  text(stream: OutputStream, text: string): void {
    process[stream].write(this.#raw ? text : visibleText(text));
  }

  /** One line of our own, which may hold words of others. */
  say(line: string): void {
    process.stderr.write(`${neutralLine(line)}\n`);
  }

  /** The same, where a person reads it: scripts have no use for it. */
  hint(line: string): void {
    if (process.stderr.isTTY) this.say(line);
  }
}
