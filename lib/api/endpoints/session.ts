import type { Caller } from '#lib/auth/caller';
import { changePassword } from '#lib/auth/change-password';
import { listSessions } from '#lib/auth/list-sessions';
import { revokeSession, revokeSessions } from '#lib/auth/revoke-session';
import { signIn } from '#lib/auth/sign-in';
import { signOut } from '#lib/auth/sign-out';
import { passwordChange, signInRequest } from '#lib/schemas/account';
import { identity, sessionList } from '#lib/schemas/api';
import { endpoint } from '../endpoint.ts';
import { done, json, ok } from '../media.ts';
import { ofAccount } from './of-account.ts';

export const sessionEndpoints = [
  endpoint({
    id: 'signIn',
    section: 'Session',
    method: 'POST',
    path: '/session',
    summary: 'Sign in with a name or uid and a password; the answer sets the session cookie.',
    access: 'public',
    body: json(signInRequest),
    answer: ok('Who you are now.', identity),
    refusals: ['unauthenticated', 'limited', 'busy'],
    example: { body: { name: 'admin', password: 'correct horse battery' } },
    async handle(ctx, { body, facts }) {
      const { address, requestId, userAgent, sessionSecret: replaces } = facts;
      const { secret, caller } = await signIn(ctx, { ...body, address, requestId, userAgent, replaces });
      const audit = { action: 'session.start', target: `user/${caller.uid}`, before: null, after: null } as const;
      return { body: shownIdentity(caller), session: secret, audit: { ...audit, by: caller } };
    },
  }),

  endpoint({
    id: 'readSession',
    section: 'Session',
    method: 'GET',
    path: '/session',
    summary: 'Say who you are.',
    access: 'user',
    answer: ok('Who asks, and by which means.', identity),
    example: {},
    async handle(_ctx, { caller }) {
      return { body: shownIdentity(caller) };
    },
  }),

  endpoint({
    id: 'signOut',
    section: 'Session',
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out: end the session that this is asked from, and its live streams.',
    access: 'user',
    answer: done('Signed out; the cookie is removed.'),
    example: {},
    async handle(ctx, { caller }) {
      await signOut(ctx, caller);
      const audit = { action: 'session.end', target: `user/${caller.uid}`, before: null, after: null } as const;
      return { body: null, session: null, audit: caller.via === 'session' ? audit : null };
    },
  }),

  endpoint({
    id: 'listSessions',
    section: 'Session',
    method: 'GET',
    path: '/sessions',
    summary: 'List where an account is signed in, the last seen first.',
    access: 'user',
    query: ofAccount,
    answer: ok('The sessions.', sessionList),
    refusals: ['forbidden'],
    example: {},
    async handle(ctx, { caller, query: { uid = caller.uid } }) {
      return { body: { sessions: await listSessions(ctx, caller, { uid }) } };
    },
  }),

  endpoint({
    id: 'endOtherSessions',
    section: 'Session',
    method: 'DELETE',
    path: '/sessions',
    summary: 'End all sessions of an account but the one that this is asked from.',
    access: 'user',
    query: ofAccount,
    answer: done('They have ended, with their live streams.'),
    refusals: ['forbidden'],
    example: {},
    async handle(ctx, { caller, query: { uid = caller.uid } }) {
      const ended = await revokeSessions(ctx, caller, { uid, which: 'others' });
      return {
        body: null,
        audit: { action: 'session.end', target: `user/${uid}`, before: null, after: { ended } },
      };
    },
  }),

  endpoint({
    id: 'endSession',
    section: 'Session',
    method: 'DELETE',
    path: '/sessions/{session}',
    summary: 'End one session and its live streams.',
    access: 'user',
    query: ofAccount,
    answer: done('It has ended.'),
    refusals: ['forbidden'],
    example: {},
    async handle(ctx, { caller, params: { session: id }, query: { uid = caller.uid } }) {
      await revokeSession(ctx, caller, { uid, id });
      return { body: null, audit: { action: 'session.end', target: `session/${id}`, before: { uid }, after: null } };
    },
  }),

  endpoint({
    id: 'changePassword',
    section: 'Session',
    method: 'PUT',
    path: '/password',
    summary: 'Change your own password; every session ends, and the one that asks gets a new cookie.',
    access: 'user',
    body: json(passwordChange),
    answer: done('Changed.'),
    refusals: ['limited', 'busy'],
    example: { body: { current: 'correct horse battery', password: 'another long password' } },
    async handle(ctx, { caller, body, facts: { address, requestId, userAgent } }) {
      const { secret } = await changePassword(ctx, caller, { ...body, address, requestId, userAgent });
      return {
        body: null,
        ...(secret === null ? {} : { session: secret }),
        audit: {
          action: 'password.change',
          target: `user/${caller.uid}`,
          before: null,
          after: { tokens: body.tokens },
        },
      };
    },
  }),
];

function shownIdentity({ uid, name, role, via }: Caller) {
  return { uid, name, role, via };
}
