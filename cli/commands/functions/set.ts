import * as z from 'zod';
import { settingsReading } from '#lib/schemas/api';
import { functionName } from '#lib/schemas/name';
import { command } from '../../command.ts';
import { digits, value, word, words } from '../../params.ts';
import { settingsTable } from './function-views.ts';
import { ifMatch } from './if-match.ts';
import { settingsFrom } from './settings-from.ts';

export const set = command({
  name: 'functions set',
  summary: 'Override settings of a function from its next tick on; for admins.',
  description:
    'Settings are `inputKey`, `outputKey`, `periodMs`, `timeoutMs`, `handler`, `invoke` (`tick` or `change`), `isolation` (`own` ' +
    'or `shared`) and `enabled` (`true` or `false`). Times are milliseconds, or have a unit: `2s`, `500ms`. An override ' +
    'is taken back with `key=` and nothing after it.',
  words: {
    name: word('NAME', 'The function.', functionName),
    settings: words('KEY=VALUE', 'What to set, one or more.', z.string()),
  },
  options: {
    'if-revision': value(
      'N',
      'Only if the settings are still at this revision, which `get -o json` shows.',
      digits(z.int()),
    ),
  },
  shows: true,
  examples: [
    'vigia functions set default periodMs=2s',
    'vigia functions set default enabled=false',
    'vigia functions set default periodMs=',
  ],
  async run(cli, { name, settings }, { 'if-revision': revision }) {
    const json = settingsFrom(settings);
    const api = await cli.api();
    const read = await api.call('PATCH', `/functions/${name}/settings`, settingsReading, {
      json,
      headers: ifMatch(revision),
    });
    await cli.out.show(read, (screen) => settingsTable(read.settings, screen));
    return undefined;
  },
});
