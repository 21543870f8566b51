import { loginName, role } from '#lib/schemas/account';
import { createdUser } from '#lib/schemas/api';
import { command } from '../../command.ts';
import { ask } from '../../input/ask.ts';
import { flag, value, word } from '../../params.ts';
import { userTable } from './user-views.ts';

export const create = command({
  name: 'users create',
  summary: 'Create an account; for admins.',
  description: 'A password is generated and shown once, unless `--password` asks for one.',
  words: { name: word('NAME', 'What they sign in with.', loginName) },
  options: {
    role: value('ROLE', 'What the account may do; `user` unless given.', role),
    password: flag('Ask for the password; without a terminal it is the first line of standard input.'),
  },
  shows: true,
  examples: ['vigia users create grace', 'vigia users create alan --role admin --password'],
  async run(cli, { name }, { role, password }) {
    const [chosen] = password ? await ask([{ name: 'Password', isSecret: true }]) : [];
    const api = await cli.api();
    const made = await api.call('POST', '/users', createdUser, { json: { name, role, password: chosen } });
    await cli.out.show(made, (screen) => {
      const { user, generatedPassword } = made;
      const shown = generatedPassword === null ? '' : `\nPassword, shown only now: ${generatedPassword}\n`;
      return userTable([user])(screen) + shown;
    });
    return undefined;
  },
});
