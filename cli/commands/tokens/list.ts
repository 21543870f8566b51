import * as z from 'zod';
import { tokenList } from '#lib/schemas/api';
import { command } from '../../command.ts';
import { value } from '../../params.ts';
import { uidOf } from '../users/user-named.ts';
import { tokenTable } from './token-views.ts';

export const list = command({
  name: 'tokens list',
  summary: 'List your API tokens, the newest first; their texts are nowhere.',
  options: {
    user: value('USER', 'Those of this user, by name or uid; for admins.', z.string().min(1), { short: 'u' }),
  },
  shows: true,
  examples: ['vigia tokens list', 'vigia tokens list --user grace -o json'],
  async run(cli, _words, { user }) {
    const api = await cli.api();
    const query = { uid: user === undefined ? undefined : await uidOf(api, user) };
    const { tokens } = await api.call('GET', '/tokens', tokenList, { query });
    await cli.out.show(tokens, tokenTable(tokens));
    if (tokens.length === 0) cli.out.say('There are no tokens');
    return undefined;
  },
});
