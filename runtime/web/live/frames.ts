import type { HistoryEntry } from '#lib/schemas/history';
import type { LiveState } from '#lib/schemas/live';

/** A history id as numbers, so that 5000 viewers compare it without parsing text. */
export type EventId = { ms: number; seq: number };

export function parseId(id: string): EventId {
  const [ms = '0', seq = '0'] = id.split('-');
  return { ms: Number(ms), seq: Number(seq) };
}

export function isAfter(a: EventId, b: EventId): boolean {
  return a.ms > b.ms || (a.ms === b.ms && a.seq > b.seq);
}

/** Server-sent events as bytes, made once for all viewers. See https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function resultFrame(id: string, json: string): Buffer {
  return Buffer.from(`id: ${id}\nevent: result\ndata: ${json}\n\n`);
}

export function entryFrame({ id, at: _at, ...entry }: HistoryEntry): Buffer {
  return resultFrame(id, JSON.stringify(entry));
}

export function stateFrame(state: LiveState): Buffer {
  return Buffer.from(`event: state\ndata: ${JSON.stringify(state)}\n\n`);
}

/** The headers of a stream of them, which neither browsers nor proxies are to hold back. */
export const EVENT_STREAM = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** What the viewer missed is no longer kept: it must read its window anew. */
export const RESET_FRAME = Buffer.from('event: reset\ndata: {}\n\n');
/** Something has happened that is to be read: what it is depends on who asks. */
export const EVENT_FRAME = Buffer.from('event: event\ndata: {}\n\n');
export const COMMENT_FRAME = Buffer.from(':\n\n');
/** How long a browser waits before it connects again. */
export const HELLO_FRAME = Buffer.from('retry: 1000\n\n');
