import { createUser } from '#lib/auth/create-user';
import { deleteUser } from '#lib/auth/delete-user';
import { listUsers } from '#lib/auth/list-users';
import { readUser } from '#lib/auth/read-user';
import { resetPassword } from '#lib/auth/reset-password';
import { updateUser } from '#lib/auth/update-user';
import { newUser, passwordReset, user, userChanges } from '#lib/schemas/account';
import { createdUser, passwordOnce, userList } from '#lib/schemas/api';
import { endpoint } from '../endpoint.ts';
import { created, done, json, ok } from '../media.ts';

export const userEndpoints = [
  endpoint({
    id: 'listUsers',
    section: 'Users',
    method: 'GET',
    path: '/users',
    summary: 'List every account.',
    access: 'admin',
    answer: ok('The accounts, by uid.', userList),
    example: {},
    async handle(ctx, { caller }) {
      return { body: { users: await listUsers(ctx, caller) } };
    },
  }),

  endpoint({
    id: 'createUser',
    section: 'Users',
    method: 'POST',
    path: '/users',
    summary: 'Create an account; without a password one is generated, and shown in this answer only.',
    access: 'admin',
    body: json(newUser),
    isIdempotent: true,
    answer: created('The account.', createdUser),
    refusals: ['exists', 'busy'],
    example: { body: { name: 'grace', role: 'user' } },
    async handle(ctx, { caller, body }) {
      const made = await createUser(ctx, caller, body);
      const { uid, name, role, version } = made.user;
      return {
        body: made,
        revision: version,
        location: `/users/${uid}`,
        audit: { action: 'user.create', target: `user/${uid}`, before: null, after: { name, role } },
      };
    },
  }),

  endpoint({
    id: 'readUser',
    section: 'Users',
    method: 'GET',
    path: '/users/{uid}',
    summary: 'Read an account: your own, or as an admin any.',
    access: 'user',
    answer: ok('The account.', user),
    refusals: ['forbidden'],
    example: {},
    async handle(ctx, { caller, params: { uid } }) {
      const body = await readUser(ctx, caller, { uid });
      return { body, revision: body.version };
    },
  }),

  endpoint({
    id: 'updateUser',
    section: 'Users',
    method: 'PATCH',
    path: '/users/{uid}',
    summary: 'Change name or role of an account, or disable it; that ends its sessions and suspends its tokens.',
    access: 'admin',
    body: json(userChanges),
    checksRevision: true,
    answer: ok('The account as it is now.', user),
    refusals: ['exists'],
    example: { body: { role: 'admin' } },
    async handle(ctx, { caller, params: { uid }, body: changes, revision: version }) {
      const before = await readUser(ctx, caller, { uid });
      const after = await updateUser(ctx, caller, { uid, version, changes });
      return {
        body: after,
        revision: after.version,
        audit: { action: 'user.update', target: `user/${uid}`, ...differences(before, after, changes) },
      };
    },
  }),

  endpoint({
    id: 'deleteUser',
    section: 'Users',
    method: 'DELETE',
    path: '/users/{uid}',
    summary: 'Delete an account with its sessions and tokens; its number is not used again.',
    access: 'admin',
    checksRevision: true,
    answer: done('Deleted.'),
    refusals: ['invalid'],
    example: {},
    async handle(ctx, { caller, params: { uid }, revision: version }) {
      const { name, role } = await readUser(ctx, caller, { uid });
      await deleteUser(ctx, caller, { uid, version });
      const audit = { action: 'user.delete', target: `user/${uid}`, before: { name, role }, after: null } as const;
      return { body: null, audit };
    },
  }),

  endpoint({
    id: 'resetPassword',
    section: 'Users',
    method: 'POST',
    path: '/users/{uid}/password',
    summary: 'Give somebody a new password; without one in the body it is generated, and shown in this answer only.',
    access: 'admin',
    body: json(passwordReset),
    answer: ok('The generated password, or null.', passwordOnce),
    refusals: ['forbidden', 'busy'],
    example: { body: {} },
    async handle(ctx, { caller, params: { uid }, body }) {
      const reset = await resetPassword(ctx, caller, { ...body, uid });
      return {
        body: reset,
        audit: { action: 'password.reset', target: `user/${uid}`, before: null, after: { tokens: body.tokens } },
      };
    },
  }),
];

/** Both sides of what was asked to change. */
function differences<T extends object>(before: T, after: T, changes: object) {
  const touched = (all: T) => Object.fromEntries(Object.entries(all).filter(([name]) => name in changes));
  return { before: touched(before), after: touched(after) };
}
