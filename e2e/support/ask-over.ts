import { type Agent, request } from 'node:http';

type Sent = { method?: string; headers?: Record<string, string>; body?: string };

/** One request over a connection that is kept: what is answered, and whether the next one may come over it. */
export function askOver(
  agent: Agent,
  url: string,
  { body, ...options }: Sent = {},
): Promise<[status: number, connection: string | undefined]> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, ...options }, (response) => {
      response
        .resume()
        .once('end', () => resolve([response.statusCode ?? 0, response.headers.connection]))
        .once('error', reject);
    });
    asked.once('error', reject).end(body);
  });
}
