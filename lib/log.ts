import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** JSON lines on stdout; on a terminal, or with `VIGIA_LOG=pretty`, readable ones. */
export function createLog(role: string, level: string, pretty: boolean): Log {
  const options = { level, base: { role }, timestamp: pino.stdTimeFunctions.isoTime };
  if (!pretty) return pino(options);
  const transport: DestinationStream = pino.transport({
    target: 'pino-pretty',
    options: { ignore: 'pid,hostname,role', translateTime: 'SYS:HH:MM:ss', messageFormat: '{role}: {msg}' },
  });
  return pino(options, transport);
}
