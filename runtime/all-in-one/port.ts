import { once } from 'node:events';
import { createServer } from 'node:net';
import { cannotListen } from '#runtime/listen';

/** The port itself when it is free, a free one for 0; a `ConfigError` that says what to do otherwise. */
export async function requirePort(host: string, port: number): Promise<number> {
  try {
    return await tryPort(host, port);
  } catch (error) {
    throw cannotListen(error, host, port, (other) => `PORT=${other} npm start`);
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
