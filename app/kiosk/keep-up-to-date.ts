import { scriptsOf } from './scripts-of.ts';

const LOOK_MS = 60_000;
/** While the server does not answer. */
const RETRY_MS = 10_000;
/** A page that is this old starts anew, so that nothing can pile up in it. */
const MOST_AGE_MS = 24 * 3_600_000;
const PATIENCE_MS = 10_000;

/**
 * Loads the page anew when the server has another build of it, when it answers again after having been away, and once a
 * day; never while it does not answer, for what is shown is better than nothing.
 */
export async function keepUpToDate(signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  const known = new Set([...document.scripts].map(({ src }) => URL.parse(src)?.pathname ?? ''));
  let wasAway = false;
  while (!signal.aborted) {
    await pause(wasAway ? RETRY_MS : LOOK_MS, signal);
    if (signal.aborted) return;
    const page = await readPage(signal);
    if (page === null) {
      wasAway = true;
      continue;
    }
    const isOther = scriptsOf(page).some((script) => !known.has(script));
    if (wasAway || isOther || performance.now() - startedAt > MOST_AGE_MS) return location.reload();
  }
}

/** This page as the server has it now; null while it has none to give. */
async function readPage(signal: AbortSignal): Promise<string | null> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const headers = { Accept: 'text/html' };
    const response = await fetch(location.href, { headers, cache: 'no-store', signal: patience });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
}
