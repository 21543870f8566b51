import type { Context } from '#lib/context';
import type { JobLanguage } from '#lib/schemas/job';
import { listWorkers } from './list-workers.ts';
import { grantPermits } from './permits.ts';

type Call = {
  /** How many jobs there may be to take. */
  count: number;
  /** Which all of them are in; without it, any. */
  language?: JobLanguage;
};

/**
 * Tells workers that there may be jobs for them: a permit for each of those jobs to every kind of worker that could run it. To be
 * called after they have become so: a worker that comes later looks by itself.
 */
export async function callWorkers(ctx: Context, { count, language }: Call): Promise<void> {
  const able = (await listWorkers(ctx)).filter(
    ({ languages }) => language === undefined || languages.includes(language),
  );
  const offers = new Map(able.map(({ languages }) => [languages.toSorted().join(), languages]));
  offers.delete('');
  await Promise.all(offers.values().map((offer) => grantPermits(ctx, offer, count)));
}
