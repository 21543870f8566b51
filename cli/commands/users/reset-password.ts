import * as z from 'zod';
import { passwordOnce } from '#lib/schemas/api';
import { command } from '../../command.ts';
import { ask } from '../../input/ask.ts';
import { flag, word } from '../../params.ts';
import { userNamed } from './user-named.ts';

export const resetPassword = command({
  name: 'users reset-password',
  summary: 'Give somebody a new password, which ends their sessions; for admins.',
  description: 'It is generated and shown once, unless `--password` asks for one.',
  words: { user: word('USER', 'Their name or uid.', z.string().min(1)) },
  options: {
    password: flag('Ask for the password; without a terminal it is the first line of standard input.'),
    'end-tokens': flag('End their API tokens, too.'),
  },
  shows: true,
  examples: ['vigia users reset-password grace --end-tokens'],
  async run(cli, { user }, { password, 'end-tokens': endsTokens }) {
    const [chosen] = password ? await ask([{ name: 'Password', isSecret: true }]) : [];
    const api = await cli.api();
    const { uid, name } = await userNamed(api, user);
    const json = { password: chosen, tokens: endsTokens ? 'end' : 'keep' };
    const reset = await api.call('POST', `/users/${uid}/password`, passwordOnce, { json });
    const { generatedPassword } = reset;
    await cli.out.show(reset, () =>
      generatedPassword === null
        ? `${name} has the new password\n`
        : `Password of ${name}, shown only now: ${generatedPassword}\n`,
    );
    return undefined;
  },
});
