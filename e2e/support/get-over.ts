import { type Agent, get } from 'node:http';

/** One request over a connection that is kept: what is answered, and whether the next one may come over it. */
export function getOver(agent: Agent, url: string): Promise<[status: number, connection: string | undefined]> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().once('end', () => resolve([response.statusCode ?? 0, response.headers.connection]));
    }).once('error', reject);
  });
}
