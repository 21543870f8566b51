import { format, stripVTControlCharacters } from 'node:util';
import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Takes one line of JSON, as pino writes it, to standard output: as it is, or made readable for a terminal. */
export type LineWriter = (line: string) => void;

/** For programs. */
export const plainWriter =
  (stream: NodeJS.WriteStream): LineWriter =>
  (line) =>
    void stream.write(`${escaped(line.trimEnd())}\n`);

export async function lineWriter(readable: boolean): Promise<LineWriter> {
  if (!readable) return plainWriter(process.stdout);
  // Only for people: a process that nobody looks at does without its memory.
  const { prettyFactory } = await import('pino-pretty');
  const prettify = prettyFactory({
    colorize: true,
    ignore: 'pid,hostname,role',
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{role}: {msg}',
    singleLine: true,
  });
  return (line) => void process.stdout.write(escaped(prettify(withShownMessage(line)) ?? ''));
}

/** What a terminal obeys, or turns text round with, and JSON leaves as it is. */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The same to whoever reads it as JSON, and nothing that a terminal obeys: what strangers write stands in log lines. */
function escaped(text: string): string {
  return text.replaceAll(OBEYED, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** For people the message is printed as it is: its control characters and line ends as JSON writes them. */
function withShownMessage(line: string): string {
  const entry = parsed(line);
  if (entry === null || !('msg' in entry)) return line;
  const msg = JSON.stringify(entry.msg)
    .slice(1, -1)
    .replaceAll(/\\(["\\])/g, '$1');
  return JSON.stringify({ ...entry, msg });
}

/** A role may have to write something else than lines of its log. */
function parsed(line: string): object | null {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' ? entry : null;
  } catch {
    return null;
  }
}

/** `role` stands in every line. */
export function createLog(role: string, level: string, write: LineWriter): Log {
  return pino({ level, base: { role }, timestamp: pino.stdTimeFunctions.isoTime }, { write });
}

/** What libraries print, such as Next, is written to the log from now on, a line each. */
export function logConsole(log: Log): void {
  const sayingAs =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...said: unknown[]) => {
      const lines = stripVTControlCharacters(format(...said)).split('\n');
      for (const line of lines) if (line.trim() !== '') log[level](line.trim());
    };
  const info = sayingAs('info');
  Object.assign(console, {
    debug: sayingAs('debug'),
    log: info,
    info,
    warn: sayingAs('warn'),
    error: sayingAs('error'),
  });
}
