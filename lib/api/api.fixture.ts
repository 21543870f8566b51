import { zipOf } from '#lib/archives/zip-builder.fixture';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, HERE } from '#lib/auth/accounts.fixture';
import { createToken } from '#lib/auth/create-token';
import { startSession } from '#lib/auth/session-store';
import { readRecord } from '#lib/auth/user-record';
import type { Context } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { deployCode } from '#lib/functions/deploy-code';
import { dispatch } from './dispatch.ts';

export const HOST = 'vigia.test';
export const NAME = 'cpu-alert';
export const ARCHIVE = zipOf([{ name: 'main.py', content: 'def handler(input, context):\n    return {}\n' }]);

export type Credential = { kind: 'nobody' } | { kind: 'session'; secret: string } | { kind: 'bearer'; token: string };

export const nobody: Credential = { kind: 'nobody' };

export type Sent = {
  method: string;
  /** Below `/api/v1`. */
  path: string;
  credential?: Credential;
  body?: unknown;
  headers?: Record<string, string>;
};

/** One request to the host of this URL: a browser's comes with its cookie and origin. */
export function requestTo(url: string, { method, path, credential = nobody, body, headers = {} }: Sent): Request {
  const isBytes = body instanceof Buffer;
  const sent = {
    ...(credential.kind === 'session' ? { cookie: `vigia=${credential.secret}`, origin: url } : {}),
    ...(credential.kind === 'bearer' ? { authorization: `Bearer ${credential.token}` } : {}),
    ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/zip' : 'application/json' }),
    ...headers,
  };
  const payload = body === undefined ? null : isBytes ? Uint8Array.from(body) : JSON.stringify(body);
  return new Request(`${url}/api/v1${path}`, { method, headers: sent, body: payload });
}

/** The same, as the front door hands it on. */
export async function send(ctx: Context, { headers, ...sent }: Sent): Promise<Response> {
  const stamped = { host: HOST, 'x-vigia-remote': HERE.address, ...headers };
  return await dispatch(ctx, requestTo(`http://${HOST}`, { ...sent, headers: stamped }));
}

/** Accounts of an admin and of a user, and a function with a version of text and one that is an archive. */
export function apiSuite() {
  const accounts = accountsSuite();
  const { suite } = accounts;
  const signedIn = async (ctx: Context, uid: number) => {
    const record = await readRecord(ctx, uid);
    const session = record === null ? null : await startSession(ctx, record, HERE);
    return { kind: 'session', secret: session?.secret ?? '', id: session?.id ?? '' } as const;
  };
  return {
    suite,
    async world(settings: Record<string, string> = {}) {
      const { ctx, under } = await accounts.started({ ADMIN_PASSWORD, ...settings });
      const ada = await accounts.user(ctx, 'ada', 'a password of hers');
      const code = { kind: 'file', language: 'python', text: 'def handler(input, context):\n    return {}\n' } as const;
      await createFunction(ctx, ADMIN, { name: NAME, code });
      await deployCode(ctx, ADMIN, { name: NAME, code: { kind: 'archive', bytes: ARCHIVE } });
      return {
        ctx,
        ada,
        admin: await signedIn(ctx, ADMIN.uid),
        user: await signedIn(ctx, ada.uid),
        signedIn: (uid: number) => signedIn(ctx, uid),
        send: (sent: Sent) => send(ctx, sent),
        under,
        /** Disposed of after the test. */
        open: suite.open,
        token: async (by = ADMIN) => await createToken(ctx, by, { name: 'for a test' }),
      };
    },
  };
}

export type World = Awaited<ReturnType<ReturnType<typeof apiSuite>['world']>>;
