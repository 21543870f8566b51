import { versionList } from '#lib/schemas/api';
import { functionName } from '#lib/schemas/name';
import { command } from '../../command.ts';
import { word } from '../../params.ts';
import { versionTable } from './function-views.ts';

export const versions = command({
  name: 'functions versions',
  summary: 'List the versions of a function’s code, the newest first; for admins.',
  words: { name: word('NAME', 'The function.', functionName) },
  shows: true,
  examples: ['vigia functions versions default'],
  async run(cli, { name }) {
    const api = await cli.api();
    const { versions } = await api.call('GET', `/functions/${name}/versions`, versionList);
    await cli.out.show(versions, versionTable(versions));
    return undefined;
  },
});
