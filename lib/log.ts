import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Takes one line of JSON, as pino writes it, to standard output: as it is, or made readable for a terminal. */
export type LineWriter = (line: string) => void;

export async function lineWriter(readable: boolean): Promise<LineWriter> {
  if (!readable) return (line) => void process.stdout.write(line.endsWith('\n') ? line : `${line}\n`);
  // Only for people: a process that nobody looks at does without its memory.
  const { prettyFactory } = await import('pino-pretty');
  const prettify = prettyFactory({
    colorize: true,
    ignore: 'pid,hostname,role',
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{role}: {msg}',
    singleLine: true,
  });
  return (line) => void process.stdout.write(prettify(line) ?? '');
}

/** `role` stands in every line. */
export function createLog(role: string, level: string, write: LineWriter): Log {
  return pino({ level, base: { role }, timestamp: pino.stdTimeFunctions.isoTime }, { write });
}
