import { once } from 'node:events';
import type { Server } from 'node:net';
import { ConfigError } from '#lib/config';
import { messageOf } from '#lib/errors';

/** Listens where a setting says; a {@link ConfigError} says what to do where that cannot be. */
export async function listen(
  server: Server,
  host: string,
  port: number,
  setting: 'PORT' | 'HEALTH_PORT',
): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(error, host, port, (other) => `${setting}=${other}`);
  }
}

/** `choose` says how a port is chosen. */
export function cannotListen(
  error: unknown,
  host: string,
  port: number,
  choose: (port: number) => string,
): ConfigError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new ConfigError([`port ${port} of ${host} is in use; choose another one: ${choose(port + 1)}`]);
  }
  if (code === 'EACCES') return new ConfigError([`port ${port} needs root; choose one above 1023: ${choose(3000)}`]);
  return new ConfigError([`cannot listen on HOST=${host}: ${messageOf(error)}`]);
}
