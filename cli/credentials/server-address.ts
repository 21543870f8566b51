import { UsageError } from '../failure.ts';

/** Where `npm start` listens. */
export const DEFAULT_SERVER = 'http://127.0.0.1:3000';

/** An address that somebody gave as an origin. */
export function serverAddress(given: string): string {
  const url = URL.parse(given);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`The server must be an address such as ${DEFAULT_SERVER}, and is ${given}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('The address of the server must hold no name and password: sign in with "vigia login"');
  }
  if (url.pathname !== '/' || url.search !== '') {
    throw new UsageError(`The address of the server must end with its host and port: ${url.origin}`);
  }
  return url.origin;
}

/** Whether what is sent there can be read on its way. */
export function isReadByOthers(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
