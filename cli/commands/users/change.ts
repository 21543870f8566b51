import * as z from 'zod';
import { loginName, role, type UserChanges, user } from '#lib/schemas/account';
import type { Cli } from '../../cli.ts';
import { command } from '../../command.ts';
import { UsageError } from '../../failure.ts';
import { value, word } from '../../params.ts';
import { userNamed } from './user-named.ts';
import { userTable } from './user-views.ts';

const USER = word('USER', 'Their name or uid.', z.string().min(1));

export const set = command({
  name: 'users set',
  summary: 'Change the name or the role of an account; for admins.',
  words: { user: USER },
  options: {
    name: value('NAME', 'What they sign in with from now on.', loginName),
    role: value('ROLE', 'What the account may do.', role),
  },
  shows: true,
  examples: ['vigia users set grace --role admin'],
  async run(cli, { user: who }, { name, role }) {
    if (name === undefined && role === undefined) throw new UsageError('Say what to change: --name or --role');
    return await change(cli, who, { ...(name === undefined ? {} : { name }), ...(role === undefined ? {} : { role }) });
  },
});

export const disable = command({
  name: 'users disable',
  summary: 'Keep an account from signing in: its sessions and jobs end, its tokens rest; for admins.',
  words: { user: USER },
  shows: true,
  examples: ['vigia users disable grace'],
  run: (cli, { user: who }) => change(cli, who, { disabled: true }),
});

export const enable = command({
  name: 'users enable',
  summary: 'Let an account sign in again; for admins.',
  words: { user: USER },
  shows: true,
  examples: ['vigia users enable grace'],
  run: (cli, { user: who }) => change(cli, who, { disabled: false }),
});

/** Based on what was read, so that somebody else's change between the two is not overlooked. */
async function change(cli: Cli, who: string, changes: UserChanges): Promise<undefined> {
  const api = await cli.api();
  const { uid, version } = await userNamed(api, who);
  const headers = { 'If-Match': `"${version}"` };
  const changed = await api.call('PATCH', `/users/${uid}`, user, { json: changes, headers });
  await cli.out.show(changed, userTable([changed]));
}
