import { csvLine } from '#lib/csv';
import type { OpenExport } from './open-export.ts';

/** So much is sent at once. */
const CHUNK = 32 * 1024;

/** An export as CSV: a column for each series, or three where a row is a bucket. */
export function csvOf(open: OpenExport): AsyncGenerator<string> {
  return inChunks(csvLines(open));
}

async function* csvLines(open: OpenExport): AsyncGenerator<string> {
  const { series } = open;
  if (open.tier === 'raw') {
    yield csvLine(['time', ...series, 'duration_ms', 'lag_ms', 'version', 'failure']);
    for await (const { time, values, durationMs, lagMs, version, failure } of open.rows) {
      const of = new Map(Object.entries(values));
      yield csvLine([time, ...series.map((name) => of.get(name) ?? null), durationMs, lagMs, version, failure]);
    }
    return;
  }
  const titles = series.flatMap((name) => [`${name} min`, `${name} mean`, `${name} max`]);
  yield csvLine(['time', ...titles, 'good', 'failed', 'failure']);
  for await (const { time, values, good, failed, failure } of open.rows) {
    const of = new Map(Object.entries(values));
    const cells = series.flatMap((name) => {
      const spread = of.get(name);
      return spread === undefined ? [null, null, null] : [spread.min, spread.mean, spread.max];
    });
    yield csvLine([time, ...cells, good, failed, failure]);
  }
}

/** The same as the JSON text of an `exportedHistory`, a row a line. */
export function jsonOf(open: OpenExport): AsyncGenerator<string> {
  return inChunks(jsonLines(open));
}

async function* jsonLines({ name, from, to, tier, resolutionMs, rows }: OpenExport): AsyncGenerator<string> {
  const [start, end] = [from, to].map((at) => new Date(at).toISOString());
  const head = JSON.stringify({ function: name, from: start, to: end, tier, resolutionMs });
  yield `${head.slice(0, -1)},"rows":[`;
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield '\n]}\n';
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
