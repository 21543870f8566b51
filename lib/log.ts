import { type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';

export type Log = Logger;

/** Takes one line of JSON, as pino writes it, to standard output: as it is, or made readable for a terminal. */
export type LineWriter = (line: string) => void;

export function lineWriter(readable: boolean): LineWriter {
  if (!readable) return (line) => void process.stdout.write(line.endsWith('\n') ? line : `${line}\n`);
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
