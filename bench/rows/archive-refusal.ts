import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { zipOf } from '#lib/archives/zip-builder.fixture';
import { inBench } from '../support/programs.ts';
import { Subject } from '../support/subject.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Family } from './row.ts';

const MIB = 1024 * 1024;
const ANSWER_MS = 60_000;

const FIGURES = { time: { unit: 'ms', most: 1_000 }, memory: { unit: 'MiB', most: 64 } } as const;
type Figure = keyof typeof FIGURES;
const figures: readonly Figure[] = ['time', 'memory'];

const ARCHIVES: Record<string, { what: string; bytes: () => Buffer }> = {
  bomb: {
    what: 'a bomb of 10 MB that declares 4 GiB and holds 10',
    bytes: () => zipOf([{ name: 'bomb', data: bombData(), central: { size: 0xfffffffe } }]),
  },
  lies: {
    what: 'four of them that declare 32 MiB each',
    bytes: () => {
      const data = bombData();
      return zipOf([1, 2, 3, 4].map((name) => ({ name: `${name}`, data, central: { size: 32 * MIB } })));
    },
  },
  entries: {
    what: '70,000 entries',
    bytes: () => zipOf(Array.from({ length: 70_000 }, (_, index) => ({ name: `${index}`, data: Buffer.alloc(0) }))),
  },
};

/** 10 GiB of zeros in 10 MB: one deflated block again and again. */
function bombData(): Buffer {
  const block = deflateRawSync(Buffer.alloc(32 * MIB), { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  return Buffer.concat([...Array.from({ length: 320 }, () => block), Buffer.from([3, 0])]);
}

const FILE_BYTES = 8 * MIB;

/** An honest archive of this size, in files that do not compress. */
function goodArchive(bytes: number): Buffer {
  const whole = Math.floor(bytes / FILE_BYTES);
  const sizes = [...Array.from({ length: whole }, () => FILE_BYTES), bytes % FILE_BYTES];
  return zipOf(sizes.map((size, index) => ({ name: `${index}.bin`, content: randomBytes(size) })));
}

const idOf = (name: string, figure: Figure) => `archive-${name}-${figure}`;
const report = z.object({ kind: z.enum(['good', 'refused']), ms: z.number(), grownMib: z.number() });

/** Refusing an archive that wants to harm, beside reading an honest one of the same size. */
export const archiveRefusal: Family = {
  ids: Object.keys(ARCHIVES).flatMap((name) => figures.map((figure) => idOf(name, figure))),
  what: 'refusing an archive',
  async measure(run) {
    using folder = temporaryFolder();
    const cases = Object.entries(ARCHIVES).filter(([name]) => figures.some((figure) => run.wanted(idOf(name, figure))));
    const rows = [];
    for (const [name, { what, bytes }] of cases) {
      const sides = { bad: join(folder.path, `${name}.zip`), good: join(folder.path, `${name}-good.zip`) };
      const archive = bytes();
      writeFileSync(sides.bad, archive);
      writeFileSync(sides.good, goodArchive(archive.length));
      const measured = {
        bad: { time: [] as number[], memory: [] as number[] },
        good: { time: [] as number[], memory: [] as number[] },
      };
      for (let round = 1; round <= run.rounds; round += 1) {
        run.say(`refusing ${what}: round ${round} of ${run.rounds}`);
        for (const side of ['bad', 'good'] as const) {
          const { kind, ms, grownMib } = await judge(sides[side]);
          if ((kind === 'good') !== (side === 'good')) throw new Error(`${what}: the ${side} archive is ${kind}`);
          measured[side].time.push(ms);
          measured[side].memory.push(grownMib);
        }
      }
      for (const figure of figures) {
        rows.push({
          id: idOf(name, figure),
          what: `refusing ${what}: ${figure === 'time' ? 'time' : 'extra memory'}`,
          unit: FIGURES[figure].unit,
          values: measured.bad[figure],
          baseline: measured.good[figure],
          budget: { of: 'median', limit: 'at most', value: FIGURES[figure].most } as const,
        });
      }
    }
    return rows.filter(({ id }) => run.wanted(id));
  },
};

async function judge(path: string): Promise<z.infer<typeof report>> {
  await using reader = await Subject.start({
    command: process.execPath,
    args: ['--expose-gc', inBench('subjects', 'read-archive.ts')],
  });
  return await reader.ask({ path }, report, ANSWER_MS);
}
