import * as z from 'zod';
import { newToken } from '#lib/schemas/account';
import { createdToken, identity } from '#lib/schemas/api';
import { ApiClient, basic } from '../../api/client.ts';
import { command } from '../../command.ts';
import { ask } from '../../input/ask.ts';
import { endOf, expires } from '../../input/token-lifetime.ts';
import { value, word } from '../../params.ts';
import { moment } from '../../show/format.ts';

export const create = command({
  name: 'tokens create',
  summary: 'Create an API token for yourself, such as for a script; writes its text, which is shown only now.',
  description:
    'Asks for your password, because a token cannot make another one; without a terminal it is the first line of standard input.',
  words: { name: word('NAME', 'What it is for, to tell it from others.', newToken.shape.name) },
  options: {
    user: value('NAME', 'Your name or uid, unless you are signed in.', z.string().min(1), { short: 'u' }),
    expires,
  },
  shows: true,
  examples: ['vigia tokens create "backup script"', 'vigia tokens create ci --expires 30 < password.txt'],
  async run(cli, { name }, { user, expires: lifetime }) {
    const who = user ?? (await (await cli.api()).call('GET', '/session', identity)).name;
    const [password = ''] = await ask([{ name: `Password of ${who}`, isSecret: true }]);
    const api = new ApiClient(await cli.server(), basic(who, password));
    const json = { name, expiresAt: endOf(lifetime) };
    const made = await api.call('POST', '/tokens', createdToken, { json });
    await cli.out.show(made, () => `${made.secret}\n`);
    const { id, expiresAt } = made.token;
    const until = expiresAt === null ? 'until it is revoked' : `until ${moment(expiresAt)}`;
    cli.out.hint(`It works ${until}. End it: vigia tokens revoke ${id}`);
    return undefined;
  },
});
