import { functionReading, settingsReading } from '#lib/schemas/api';
import { functionName } from '#lib/schemas/name';
import type { ApiClient } from '../../api/client.ts';
import { Refusal } from '../../api/refusal.ts';
import { command } from '../../command.ts';
import { flag, word } from '../../params.ts';
import { watch } from '../../show/watch.ts';
import { functionDetails } from './function-views.ts';
import { everyTwoSeconds } from './polling.ts';

export const get = command({
  name: 'functions get',
  summary: 'Show how a function is, and for admins its settings, with who said each.',
  words: { name: word('NAME', 'The function.', functionName) },
  options: { watch: flag('Show it again whenever it changes.', { short: 'W' }) },
  shows: true,
  examples: ['vigia functions get default', 'vigia functions get default -o yaml'],
  async run(cli, { name }, { watch: isWatched }) {
    const api = await cli.api();
    const take = async () => {
      const reading = await api.call('GET', `/functions/${name}`, functionReading);
      const value = { ...reading, settings: await settingsIfAllowed(api, name) };
      return { value, draw: functionDetails(value) };
    };
    if (isWatched) return void (await watch(cli.out, everyTwoSeconds(cli), take));
    const { value, draw } = await take();
    await cli.out.show(value, draw);
    return;
  },
});

/** Readers see how a function is, and not its settings. */
async function settingsIfAllowed(api: ApiClient, name: string) {
  try {
    return await api.call('GET', `/functions/${name}/settings`, settingsReading);
  } catch (error) {
    if (error instanceof Refusal && [401, 403].includes(error.status)) return null;
    throw error;
  }
}
