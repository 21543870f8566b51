import { createToken } from '#lib/auth/create-token';
import { listTokens } from '#lib/auth/list-tokens';
import { revokeToken } from '#lib/auth/revoke-token';
import { newToken } from '#lib/schemas/account';
import { createdToken, tokenList } from '#lib/schemas/api';
import { endpoint } from '../endpoint.ts';
import { created, done, json, ok } from '../media.ts';
import { ofAccount } from './of-account.ts';

export const tokenEndpoints = [
  endpoint({
    id: 'listTokens',
    section: 'Tokens',
    method: 'GET',
    path: '/tokens',
    summary: 'List the API tokens of an account, the newest first.',
    access: 'user',
    query: ofAccount,
    answer: ok('The tokens, without their text.', tokenList),
    refusals: ['forbidden'],
    example: {},
    async handle(ctx, { caller, query: { uid = caller.uid } }) {
      return { body: { tokens: await listTokens(ctx, caller, { uid }) } };
    },
  }),

  endpoint({
    id: 'createToken',
    section: 'Tokens',
    method: 'POST',
    path: '/tokens',
    summary: 'Create an API token for yourself; its text is shown in this answer only.',
    description: 'Not with a token: one that leaked must not be able to make others.',
    access: 'user',
    body: json(newToken),
    isIdempotent: true,
    answer: created('The token and its text.', createdToken),
    refusals: ['forbidden'],
    example: { body: { name: 'backup script' }, asPerson: true },
    async handle(ctx, { caller, body }) {
      const made = await createToken(ctx, caller, body);
      const { id, name, expiresAt } = made.token;
      return {
        body: made,
        audit: { action: 'token.create', target: `token/${id}`, before: null, after: { name, expiresAt } },
      };
    },
  }),

  endpoint({
    id: 'revokeToken',
    section: 'Tokens',
    method: 'DELETE',
    path: '/tokens/{token}',
    summary: 'Revoke an API token.',
    access: 'user',
    query: ofAccount,
    answer: done('It does not work any more.'),
    refusals: ['forbidden'],
    example: {},
    async handle(ctx, { caller, params: { token: id }, query: { uid = caller.uid } }) {
      await revokeToken(ctx, caller, { uid, id });
      return { body: null, audit: { action: 'token.revoke', target: `token/${id}`, before: { uid }, after: null } };
    },
  }),
];
