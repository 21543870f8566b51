import { pause } from '../pause.ts';
import type { ApiClient } from './client.ts';
import { readEvents, type StreamEvent } from './event-stream.ts';
import { Refusal, Unreachable, unreachable } from './refusal.ts';

/** For how long a server that was there may be away: a restart, an upgrade. */
const PATIENCE_MS = 5 * 60_000;
const BACKOFF = { firstMs: 200, mostMs: 5_000 };
/** A server writes something every 15 s; when nothing comes for so long, the connection is dead. */
const SILENCE_MS = 45_000;

export type Resuming = {
  signal: AbortSignal;
  /** Whether the server has just answered, so that it is worth waiting for from the beginning. */
  wasThere?: boolean;
  /** Told once for each time that the server has gone. */
  onAway: (reason: string) => void;
};

/**
 * The events of a stream across restarts of the server and broken connections: it connects again, with the id of the last
 * event that had one. Ends only when the server says that there is no more (204); whoever reads may end it before.
 */
export async function* resumingEvents(
  api: ApiClient,
  path: string,
  { signal, wasThere: hasAnswered = false, onAway }: Resuming,
): AsyncGenerator<StreamEvent, void> {
  let lastId: string | undefined;
  let lastSeen = performance.now();
  let wasThere = hasAnswered;
  for (let failures = 0; ; failures += 1) {
    try {
      using silence = silenceAfter(SILENCE_MS);
      const response = await api.open(path, lastId, AbortSignal.any([signal, silence.signal]));
      if (response.status === 204) return;
      wasThere = true;
      for await (const event of readEvents(textOf(response, silence.heard))) {
        failures = 0;
        lastId = event.id ?? lastId;
        yield event;
      }
      lastSeen = performance.now();
      if (failures === 0) onAway(`${api.server} has ended the connection`);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refusal && error.status < 500) throw error;
      const reason = error instanceof Refusal || error instanceof Unreachable ? error : unreachable(error, api.server);
      if (!wasThere || performance.now() - lastSeen > PATIENCE_MS) throw reason;
      if (failures === 0) onAway(reason.message);
    }
    await pause(Math.min(BACKOFF.firstMs * 2 ** failures, BACKOFF.mostMs), signal);
  }
}

async function* textOf({ body }: Response, heard: () => void): AsyncGenerator<string, void> {
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    heard();
    yield text;
  }
}

function silenceAfter(ms: number) {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new DOMException('nothing came', 'TimeoutError')), ms);
  return {
    signal: silence.signal,
    heard: () => void timer.refresh(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
