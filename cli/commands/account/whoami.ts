import { identity } from '#lib/schemas/api';
import { command } from '../../command.ts';
import { readCredentials } from '../../credentials/store.ts';
import { moment } from '../../show/format.ts';
import { fields } from '../../show/table.ts';

export const whoami = command({
  name: 'whoami',
  summary: 'Show which server this talks to, and as whom.',
  shows: true,
  examples: ['vigia whoami'],
  async run(cli) {
    const api = await cli.api();
    const me = await api.call('GET', '/session', identity);
    const { token, credentialsFile } = cli.environment;
    const stored = token === undefined ? (await readCredentials(credentialsFile)).servers[api.server] : undefined;
    const expiresAt = stored?.expiresAt ?? null;
    await cli.out.show({ server: api.server, ...me, expiresAt }, (screen) =>
      fields(
        [
          ['Server', api.server],
          ['User', `${me.name} (${me.uid})`],
          ['Role', me.role],
          ['Token', token === undefined ? credentialsFile : 'VIGIA_TOKEN'],
          ['Until', expiresAt === null ? null : moment(expiresAt)],
        ],
        screen,
      ),
    );
    return undefined;
  },
});
