import type { LiveStore } from './live-store.ts';
import { fetchResults, fetchWindow } from './rest.ts';

const TRIES = 5;
const BETWEEN_MS = 2_000;

const reading = new WeakSet<LiveStore>();

/** Reads the window anew: what was missed can no longer be read one by one, or the server has a better one by now. */
export async function refetch(store: LiveStore): Promise<void> {
  if (reading.has(store)) return;
  reading.add(store);
  await readAnew(store).finally(() => reading.delete(store));
}

async function readAnew(store: LiveStore): Promise<void> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const read = await Promise.all([
      fetchWindow(store.name, store.rangeMs),
      fetchResults(store.name, { limit: '50' }),
    ]).catch(() => null);
    if (read !== null) return store.replace(read[0], read[1].data.results);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
}
