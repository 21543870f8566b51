import * as z from 'zod';
import { command } from '../../command.ts';
import { word } from '../../params.ts';
import { userNamed } from './user-named.ts';

export const deleteUser = command({
  name: 'users delete',
  summary:
    'Delete an account with its sessions and tokens; its jobs end, and its number is not used again; for admins.',
  words: { user: word('USER', 'Their name or uid.', z.string().min(1)) },
  examples: ['vigia users delete grace'],
  async run(cli, { user }) {
    const api = await cli.api();
    const { uid, name, version } = await userNamed(api, user);
    await api.call('DELETE', `/users/${uid}`, z.null(), { headers: { 'If-Match': `"${version}"` } });
    cli.out.say(`${name} (${uid}) is deleted`);
    return undefined;
  },
});
