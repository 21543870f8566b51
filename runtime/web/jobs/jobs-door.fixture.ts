import { once } from 'node:events';
import { createServer } from 'node:http';
import { ADMIN_PASSWORD, accountsSuite } from '#lib/auth/accounts.fixture';
import type { Config } from '#lib/config';
import type { Log } from '#lib/log';
import { createSubscriber } from '#lib/redis';
import { SignedInViewers } from '../live/signed-in-viewers.ts';
import { sendError } from '../problem.ts';
import { stampRequest } from '../stamp-request.ts';
import { JobsDoor } from './jobs-door.ts';

export const PASSWORD = 'a password of theirs';
export const PAGE = 'a page';

/** Sent as curl does with `-u <uid>:<password>`. */
export const basic = (uid: number, password: string) => ({
  authorization: `Basic ${Buffer.from(`${uid}:${password}`).toString('base64')}`,
});

type StartWorker = (config: Config, log: Log) => Promise<AsyncDisposable>;

/** The service as clients know it: over HTTP, with accounts and a worker, all of them real. */
export function serviceSuite(startWorker: StartWorker) {
  const accounts = accountsSuite();
  return {
    async service(settings: Record<string, string> = {}) {
      const { ctx, under } = await accounts.started({ ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1', ...settings });
      const { open, redisUrl } = accounts.suite;
      const [ada, bob] = [await accounts.user(ctx, 'ada', PASSWORD), await accounts.user(ctx, 'bob', PASSWORD)];
      open.push(await startWorker(under.config, under.log));
      const subscriber = createSubscriber({ url: redisUrl }, 'test', ctx.log);
      await subscriber.connect();
      open.push({ [Symbol.asyncDispose]: async () => subscriber.disconnect() });
      const door = new JobsDoor(ctx, subscriber, new SignedInViewers(ctx, subscriber));
      const server = createServer((request, response) => {
        stampRequest(request);
        const serving = door.serve(new URL(request.url ?? '/', 'http://test'), request, response);
        serving
          .then((isDone) => isDone || response.setHeader('Vary', 'rsc').end(PAGE))
          .catch((error) => (response.headersSent ? response.destroy() : sendError(response, error)));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      open.push(door, {
        async [Symbol.asyncDispose]() {
          server.closeAllConnections();
          server.close();
        },
      });
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
      const users = {
        admin: { uid: 0, headers: basic(0, ADMIN_PASSWORD) },
        ada: { uid: ada.uid, headers: basic(ada.uid, PASSWORD) },
        bob: { uid: bob.uid, headers: basic(bob.uid, PASSWORD) },
      };
      return { ctx, url, ...users };
    },
  };
}
