import { command } from '../../command.ts';
import { readCredentials, writeCredentials } from '../../credentials/store.ts';
import { Failure } from '../../failure.ts';
import { endToken } from './end-token.ts';

export const logout = command({
  name: 'logout',
  summary: 'Sign out: end the token of this machine, and forget it.',
  description: 'A token that you brought with `login --token` is only forgotten: it may be in use elsewhere.',
  examples: ['vigia logout', 'vigia logout --server https://vigia.example.org'],
  async run(cli) {
    const server = await cli.server();
    const { credentialsFile } = cli.environment;
    const { current, servers } = await readCredentials(credentialsFile);
    const { [server]: known, ...others } = servers;
    if (known === undefined) {
      cli.out.say(`You are not signed in to ${server}`);
      return undefined;
    }
    const all = { current: current === server ? null : current, servers: others };
    await writeCredentials(credentialsFile, all);
    await endToken(server, known).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      const message = `The token is forgotten here, and still works: ${error.message}`;
      throw new Failure(error.code, message, {
        more: ['It is in the list of API tokens of your account'],
        cause: error,
      });
    });
    cli.out.say(`Signed out of ${server}`);
    return undefined;
  },
});
