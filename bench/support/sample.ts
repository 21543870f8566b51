import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { inBench } from './programs.ts';

const sample = z.record(z.string(), z.union([z.number(), z.string()]));

const recorded = sample.parse(JSON.parse(readFileSync(inBench('fixtures', 'sample.json'), 'utf8')));

/** A recorded sample of four CPUs. */
export const sampleText = JSON.stringify(recorded);

/** The same with the time of now and other figures, as the next sample would be. */
export function nextSampleText(): string {
  const timestamp = new Date().toISOString();
  const loads = [0, 1, 2, 3].map((cpu) => [`cpu_percent-${cpu}`, Math.round(Math.random() * 1_000) / 10]);
  const cached = Math.round(Math.random() * 2e10);
  return JSON.stringify({ ...recorded, timestamp, ...Object.fromEntries(loads), 'virtual_memory-cached': cached });
}
