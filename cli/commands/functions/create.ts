import * as z from 'zod';
import { settingsReading } from '#lib/schemas/api';
import { language } from '#lib/schemas/function';
import { functionName } from '#lib/schemas/name';
import { command } from '../../command.ts';
import { UsageError } from '../../failure.ts';
import { maybeWord, value, values, word } from '../../params.ts';
import { readCode } from './code-file.ts';
import { settingsTable } from './function-views.ts';
import { settingsFrom } from './settings-from.ts';

export const create = command({
  name: 'functions create',
  summary: 'Create a function from a file, or the built-in one under another name; for admins.',
  words: {
    name: word('NAME', 'What it is to be called.', functionName),
    file: maybeWord('FILE', 'Its code: a file of source text, or `-`.', z.string(), { files: true }),
  },
  options: {
    set: values('KEY=VALUE', 'A setting, as `functions set` has them.', z.string()),
    language: value('LANGUAGE', 'Unless the name of the file tells it.', language, { short: 'l' }),
  },
  shows: true,
  examples: ['vigia functions create cpu-alert alert.py --set periodMs=1s'],
  async run(cli, { name, file }, { set, language }) {
    const code = file === undefined ? undefined : await readCode(file, language);
    if (code !== undefined && code.kind !== 'text') {
      throw new UsageError('A function is created from one file: create it without, then deploy the archive');
    }
    const api = await cli.api();
    const json = { name, settings: settingsFrom(set), code: code && { text: code.text, language: code.language } };
    const made = await api.call('POST', '/functions', settingsReading, { json });
    await cli.out.show(made, (screen) => settingsTable(made.settings, screen));
    return undefined;
  },
});
