import type { SeriesKind } from '#lib/schemas/series-kind';
import { unitEnding } from './unit-ending.ts';

/** What a series is, told by its name alone, tolerant of every spelling that existing functions use. */
export type SeriesClass =
  | { kind: 'cpu'; cpu: number }
  | { kind: 'percent'; metric: 'memory-caching' | 'network-egress' | null }
  | { kind: Exclude<SeriesKind, 'cpu' | 'percent'> };

/** A window such as `60sec`, `60s`, `1min`, `avg60`: its digits are never a CPU's number. */
const WINDOW =
  /(?:\d+[_-]?(?:seconds?|secs?|segundos?|seg|minutes?|minutos?|mins?|s|m)(?![a-z]))|(?:(?:avg|average|mean|last|media|window|win)[_-]?\d+$)|(?:(?:avg|average|mean|last|media|window|win)\d+)/g;
const CPU_NUMBER = /cpus?[a-z]*[^0-9]{0,40}?(\d{1,4})(?!\d)/;
const CPU_BUT_NOT_LOAD = /freq|mhz|ghz|temp|ctx|switch|interrupt|syscall|stats/;
const PERCENT = /percent|pct|perc\b|perc[_-]|%/;
/** A percentage as well, unless the name's end tells of another unit. */
const SHARE = /ratio|util/;
const BYTES = /bytes|(?:^|[_.-])(?:kb|mb|gb|kib|mib|gib)(?:$|[_.-])/;
const BYTE_COUNTERS = /virtual_memory-(?:total|available|used|free|active|inactive|buffers|cached|shared|slab)$/;
const MEMORY_CACHING = /(?:mem|memory|memoria).*(?:cach)|cach.*(?:mem|memory|memoria)/;
const NETWORK_EGRESS = /egress|outgoing|bytes_sent|net.*sent|saida/;

/** Takes the averaging windows out of a lower-case name, so that their digits are not mistaken for a CPU's number. */
export function splitWindow(lower: string): { rest: string; windows: readonly string[] } {
  return { rest: lower.replace(WINDOW, '~'), windows: lower.match(WINDOW) ?? [] };
}

export function classify(name: string): SeriesClass {
  const lower = name.toLowerCase();
  const unit = unitEnding(name);
  const cpu = unit === null ? cpuNumber(lower) : null;
  if (cpu !== null) return { kind: 'cpu', cpu };
  if (BYTE_COUNTERS.test(lower)) return { kind: 'bytes' };
  const metric = MEMORY_CACHING.test(lower) ? 'memory-caching' : NETWORK_EGRESS.test(lower) ? 'network-egress' : null;
  const isShare = SHARE.test(lower);
  if (PERCENT.test(lower) || (isShare && metric !== null)) return { kind: 'percent', metric };
  if (unit !== null) return { kind: unit };
  if (isShare) return { kind: 'percent', metric };
  if (BYTES.test(lower)) return { kind: 'bytes' };
  // Existing functions call these two percentages plainly `memory_caching` and `network_egress`.
  if (metric !== null) return { kind: 'percent', metric };
  return { kind: 'other' };
}

function cpuNumber(lower: string): number | null {
  if (!lower.includes('cpu') || CPU_BUT_NOT_LOAD.test(lower)) return null;
  const match = CPU_NUMBER.exec(splitWindow(lower).rest);
  return match === null ? null : Number(match[1]);
}
