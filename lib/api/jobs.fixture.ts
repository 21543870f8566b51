import { ADMIN } from '#lib/auth/accounts.fixture';
import { createUser } from '#lib/auth/create-user';
import type { NewJob } from '#lib/schemas/job';
import { apiSuite, type Credential, send } from './api.fixture.ts';

/** Jobs as clients of the API know them; ada and bob are users, and nothing runs unless a test starts it. */
export function jobsApiSuite() {
  const suite = apiSuite();
  return {
    async world(settings: Record<string, string> = {}) {
      const { ctx, ada, admin, user, signedIn, under, open } = await suite.world({
        ALLOW_UNSANDBOXED: '1',
        ...settings,
      });
      const { user: bob } = await createUser(ctx, ADMIN, { name: 'bob', password: 'a password of his', role: 'user' });
      const ask = async (
        credential: Credential,
        call: string,
        body?: unknown,
        headers: Record<string, string> = {},
      ) => {
        const [method = '', path = ''] = call.split(' ');
        const response = await send(ctx, { method, path, credential, body, headers });
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
      };
      return {
        ctx,
        under,
        open,
        ask,
        as: { ada: user, bob: await signedIn(bob.uid), admin },
        uids: { ada: ada.uid, bob: bob.uid },
        /** Its number. */
        async submit(by: Credential, job: Partial<NewJob> = {}): Promise<number> {
          const { body } = await ask(by, 'POST /jobs', { code: 'print(1)', ...job });
          return body.id;
        },
      };
    },
  };
}

export type JobsWorld = Awaited<ReturnType<ReturnType<typeof jobsApiSuite>['world']>>;
