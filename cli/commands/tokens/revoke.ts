import * as z from 'zod';
import { command } from '../../command.ts';
import { value, word } from '../../params.ts';
import { uidOf } from '../users/user-named.ts';

export const revoke = command({
  name: 'tokens revoke',
  summary: 'End an API token, and whatever is open with it.',
  words: { id: word('ID', 'As `tokens list` has it.', z.string().regex(/^[\w-]+$/, 'must be the id of a token')) },
  options: {
    user: value('USER', 'Whose it is, by name or uid, if it is not yours; for admins.', z.string().min(1), {
      short: 'u',
    }),
  },
  examples: ['vigia tokens revoke h3KzJ0Yd8sQ1', 'vigia tokens revoke h3KzJ0Yd8sQ1 --user grace'],
  async run(cli, { id }, { user }) {
    const api = await cli.api();
    const query = { uid: user === undefined ? undefined : await uidOf(api, user) };
    await api.call('DELETE', `/tokens/${id}`, z.null(), { query });
    cli.out.say(`Token ${id} has ended`);
    return undefined;
  },
});
