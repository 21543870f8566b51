import { hostname } from 'node:os';
import * as z from 'zod';
import { tokenText } from '#lib/schemas/account';
import { createdToken, identity } from '#lib/schemas/api';
import { ApiClient, basic } from '../../api/client.ts';
import { command } from '../../command.ts';
import { isReadByOthers } from '../../credentials/server-address.ts';
import { type Credential, readCredentials, writeCredentials } from '../../credentials/store.ts';
import { UsageError } from '../../failure.ts';
import { ask } from '../../input/ask.ts';
import { endOf, expires } from '../../input/token-lifetime.ts';
import { flag, value } from '../../params.ts';
import { moment } from '../../show/format.ts';
import { endToken } from './end-token.ts';

export const login = command({
  name: 'login',
  summary: 'Sign in: make an API token for this machine, and keep it.',
  description:
    'Asks for name and password; without a terminal they are two lines of standard input, or with `--user` the password alone. ' +
    'The password is not kept. From then on commands go to this server unless `--server` or `VIGIA_URL` names another one.',
  options: {
    user: value('NAME', 'Your name or uid, instead of being asked for it.', z.string().min(1), { short: 'u' }),
    expires,
    token: flag('Keep a token that you have instead of making one; asked for, or the first line of standard input.'),
  },
  examples: [
    'vigia login --server https://vigia.example.org',
    'vigia login --user ada < password.txt',
    'vigia login --token < token.txt',
  ],
  async run(cli, _words, { user, expires: lifetime, token: hasToken }) {
    const server = await cli.server();
    if (isReadByOthers(server)) cli.out.say(`Mind that ${server} is not encrypted: others may read what is sent`);
    const made = hasToken ? await givenToken(server) : await newToken(server, user, endOf(lifetime));
    const { credentialsFile } = cli.environment;
    const all = await readCredentials(credentialsFile);
    const former = all.servers[server];
    await writeCredentials(credentialsFile, { current: server, servers: { ...all.servers, [server]: made } });
    if (former !== undefined && former.token !== made.token) await endToken(server, former).catch(() => {});
    const end = made.expiresAt === null ? '' : ` until ${moment(made.expiresAt)}`;
    cli.out.say(`Signed in to ${server} as ${made.user}${end}`);
    cli.out.say(`The token is in ${credentialsFile}; "vigia logout" ends it`);
    if (cli.environment.token !== undefined) cli.out.say('VIGIA_TOKEN is set, and is used instead of it');
    return undefined;
  },
});

async function newToken(server: string, user: string | undefined, expiresAt: number | null): Promise<Credential> {
  const secret = { name: 'Password', isSecret: true };
  const questions = user === undefined ? [{ name: 'Name', isSecret: false }, secret] : [secret];
  const answers = await ask(questions);
  const [name = '', password = ''] = user === undefined ? answers : [user, ...answers];
  const api = new ApiClient(server, basic(name.trim(), password));
  const json = { name: `vigia on ${hostname()}`.slice(0, 100), expiresAt };
  const { token, secret: text } = await api.call('POST', '/tokens', createdToken, { json });
  const me = await api.call('GET', '/session', identity);
  return { token: text, user: me.name, tokenId: token.id, expiresAt };
}

async function givenToken(server: string): Promise<Credential> {
  const [given = ''] = await ask([{ name: 'Token', isSecret: true }]);
  const token = tokenText.safeParse(given.trim());
  if (!token.success) throw new UsageError('This is no API token: one begins with vig_');
  const me = await new ApiClient(server, `Bearer ${token.data}`).call('GET', '/session', identity);
  return { token: token.data, user: me.name, tokenId: null, expiresAt: null };
}
