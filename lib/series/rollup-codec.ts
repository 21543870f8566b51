import type { VersionStart } from '#lib/schemas/history';
import type { Rollup, SeriesRollup } from './rollup.ts';

/**
 * A rolled-up entry as bytes: a line of text, `<names> <good> <offset>:<version>…\n`, then one flag a series, then each
 * series' numbers, little-endian. The names themselves are kept once, elsewhere, under the id that stands here.
 */
const CONSTANT = 0; // one float64 stands for min, mean, max and last
const NARROW = 1; // four float32
const WIDE = 2; // four float64
const KIND = 3;
const MAX_FIRST = 4;
/** A uint32 follows: how many invocations had the series, where not all of them did. */
const OWN_COUNT = 8;
/** Float32 serves where it moves no number by more than this part of the bucket's own range. */
const FINENESS = 1 / 1024;

export type Encoded = Omit<Rollup, 'names' | 'failures'>;

export function encodeRollup({ start, good, series, versions }: Encoded, namesId: string): Buffer {
  const header = Buffer.from(`${namesId} ${good} ${versions.map((each) => encodeVersion(each, start)).join(' ')}\n`);
  const flags = series.map((each) => flagsOf(each, good));
  const out = Buffer.alloc(header.length + flags.reduce((bytes, flag) => bytes + 1 + bytesOf(flag), 0));
  header.copy(out);
  let at = header.length;
  for (const flag of flags) at = out.writeUInt8(flag, at);
  for (const [index, each] of series.entries()) at = writeSeries(out, at, each, flags[index] ?? 0);
  return out;
}

/** Null when nobody knows the names any more, or the bytes are not an entry. */
export function decodeRollup(
  bytes: Buffer,
  start: number,
  namesOf: (namesId: string) => readonly string[] | undefined,
): (Encoded & Pick<Rollup, 'names'>) | null {
  const end = bytes.indexOf(0x0a);
  const [namesId = '', good = '', ...versions] = bytes.toString('latin1', 0, Math.max(0, end)).split(' ');
  const names = namesOf(namesId);
  if (names === undefined || end < 0) return null;
  const series = readSeries(bytes, end + 1, names.length, Number(good));
  if (series === null) return null;
  return { start, good: Number(good), names, series, versions: versions.map((text) => decodeVersion(text, start)) };
}

function flagsOf({ count, min, mean, max, last, maxFirst }: SeriesRollup, good: number): number {
  const isFine = (value: number) => Math.abs(Math.fround(value) - value) <= (max - min) * FINENESS;
  const kind = min === max ? CONSTANT : [min, mean, max, last].every(isFine) ? NARROW : WIDE;
  return kind | (maxFirst ? MAX_FIRST : 0) | (count === good ? 0 : OWN_COUNT);
}

function bytesOf(flag: number): number {
  const kind = flag & KIND;
  return (kind === CONSTANT ? 8 : kind === NARROW ? 16 : 32) + (flag & OWN_COUNT ? 4 : 0);
}

function writeSeries(out: Buffer, from: number, { count, min, mean, max, last }: SeriesRollup, flag: number): number {
  const kind = flag & KIND;
  let at = from;
  for (const value of kind === CONSTANT ? [last] : [min, mean, max, last])
    at = kind === NARROW ? out.writeFloatLE(value, at) : out.writeDoubleLE(value, at);
  return flag & OWN_COUNT ? out.writeUInt32LE(count, at) : at;
}

function readSeries(bytes: Buffer, flagsAt: number, length: number, good: number): SeriesRollup[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const series: SeriesRollup[] = [];
  let at = flagsAt + length;
  for (let index = 0; index < length; index++) {
    const flag = bytes[flagsAt + index] ?? 0;
    const size = bytesOf(flag);
    if (at + size > bytes.length) return null;
    series.push(readOne(view, at, flag, flag & OWN_COUNT ? view.getUint32(at + size - 4, true) : good));
    at += size;
  }
  return series;
}

function readOne(view: DataView, at: number, flag: number, count: number): SeriesRollup {
  const maxFirst = (flag & MAX_FIRST) !== 0;
  const kind = flag & KIND;
  if (kind === CONSTANT) {
    const value = view.getFloat64(at, true);
    return { count, min: value, mean: value, max: value, last: value, maxFirst };
  }
  const wide = kind === WIDE;
  const step = wide ? 8 : 4;
  const read = (offset: number) => (wide ? view.getFloat64(offset, true) : view.getFloat32(offset, true));
  return {
    count,
    min: read(at),
    mean: read(at + step),
    max: read(at + 2 * step),
    last: read(at + 3 * step),
    maxFirst,
  };
}

const encodeVersion = ({ at, version }: VersionStart, start: number): string =>
  `${at - start}:${version.replaceAll(/[^\x21-\x7e]/g, '_')}`;

function decodeVersion(text: string, start: number): VersionStart {
  const colon = text.indexOf(':');
  return { at: start + Number(text.slice(0, colon)), version: text.slice(colon + 1) };
}
