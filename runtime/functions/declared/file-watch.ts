import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pause } from '#lib/lifecycle';

/** Where the kernel does not tell of changes (network file systems, a link into another folder). */
const POLL_MS = 2_000;
/** Whoever writes the file in place may not have finished. */
const SETTLE_MS = 50;

/**
 * Calls back whenever a file has become another one: edited, replaced, or behind a link that was turned, as Kubernetes does
 * it with a ConfigMap. Its folder is watched rather than the file, whose inode may go. Ends at the signal.
 */
export async function watchFile(path: string, changed: () => Promise<void>, signal: AbortSignal): Promise<void> {
  let news = new AbortController();
  const watcher = watchFolder(dirname(path), () => news.abort(), signal);
  let seen = await stampOf(path);
  while (!signal.aborted) {
    await pause(POLL_MS, AbortSignal.any([signal, news.signal]));
    news = new AbortController();
    const stamp = await settled(path, seen, signal);
    if (stamp === null || stamp === seen || signal.aborted) continue;
    seen = stamp;
    await changed();
  }
  watcher?.close();
}

async function settled(path: string, seen: string | null, signal: AbortSignal): Promise<string | null> {
  let stamp = await stampOf(path);
  while (stamp !== seen && !signal.aborted) {
    await pause(SETTLE_MS, signal);
    const later = await stampOf(path);
    if (later === stamp) break;
    stamp = later;
  }
  return stamp;
}

function watchFolder(folder: string, changed: () => void, signal: AbortSignal) {
  try {
    const watcher = watch(folder, { signal, persistent: false }, changed);
    // The folder may go, or the kernel have no watches left: looking now and then is enough.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

/** What tells two states of a file apart; null while it is not there. */
async function stampOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found === null ? null : `${found.dev} ${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}
