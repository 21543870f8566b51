import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Writes to a client no faster than it reads; returns at once when it has gone. */
export async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(text)) return;
  await once(response, 'drain', { signal }).catch(() => {
    // It has gone, or the server stops.
  });
}

/** Aborted when the client has gone, or at a signal of the server's. */
export function whileConnected(response: ServerResponse, signal: AbortSignal): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.on('error', () => response.destroy());
  return AbortSignal.any([gone.signal, signal]);
}
