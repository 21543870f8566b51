import { execFileSync } from 'node:child_process';
import { quietestCpu } from '../support/machine.ts';
import { inBench, isInstalled, need } from '../support/programs.ts';
import { functionLoop, race } from '../support/race.ts';
import type { Family, Row } from './row.ts';

const EMPTY = 'empty';

/** The handlers of `fixtures/env.py`. */
const STATES = [
  { handler: 'deques', what: '4 deques of 12 (datetime, float)', needs: [] },
  { handler: 'large', what: 'a new text of 60 KB', needs: [] },
  { handler: 'arrays', what: '4 numpy arrays of 120 floats', needs: ['numpy'] },
] as const;

const idOf = (handler: string) => `snapshot-${handler}`;
const order = (handler: string) =>
  functionLoop(handler, { FUNCTION_PATH: inBench('fixtures', 'env.py'), FUNCTION_HANDLER: handler });

/** What an invocation takes whose `env` is another one each time, beside the same one with nothing to save. */
export const snapshot: Family = {
  ids: STATES.map(({ handler }) => idOf(handler)),
  what: 'saving env',
  async measure(run) {
    need('python3');
    const wanted = STATES.filter(({ handler }) => run.wanted(idOf(handler)));
    const possible = wanted.filter(({ needs }) => needs.every(isImportable));
    const contestants = [EMPTY, ...possible.map(({ handler }) => handler)];
    const cpu = isInstalled('taskset') ? await quietestCpu() : undefined;
    const ratesOf = await race(
      run,
      contestants.map((id) => ({ id, order: order(id) })),
      { what: 'saving env', cpu },
    );
    const microsOf = (id: string) => ratesOf(id).map((rate) => 1e6 / rate);
    return wanted.map((state) => {
      const { handler } = state;
      const about = { id: idOf(handler), what: `an invocation with ${state.what} in env` };
      if (!possible.includes(state)) return { ...about, skipped: `${state.needs.join()} is not installed` };
      return { ...about, unit: 'µs', values: microsOf(handler), baseline: microsOf(EMPTY) } satisfies Row;
    });
  },
};

function isImportable(module: string): boolean {
  try {
    execFileSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
