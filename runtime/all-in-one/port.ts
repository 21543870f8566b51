import { once } from 'node:events';
import { createServer } from 'node:net';
import { ConfigError } from '#lib/config';

/** The port itself when it is free, a free one for 0; a {@link ConfigError} that says what to do otherwise. */
export async function requirePort(host: string, port: number): Promise<number> {
  try {
    return await tryPort(host, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new ConfigError([`port ${port} of ${host} is in use; choose another one: PORT=${port + 1} npm start`]);
    }
    if (code === 'EACCES')
      throw new ConfigError([`port ${port} needs root; choose one above 1023: PORT=3000 npm start`]);
    throw new ConfigError([`cannot listen on HOST=${host}: ${error instanceof Error ? error.message : error}`]);
  }
}

/** The port itself when it is free, otherwise any free one. */
export async function preferPort(host: string, port: number): Promise<number> {
  return tryPort(host, port).catch(() => tryPort(host, 0));
}

async function tryPort(host: string, port: number): Promise<number> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}
