import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import type { Task } from '../schedule.ts';
import { rollUpHistory } from './roll-up.ts';

/** Well within the time in which the fastest function fills its raw history; most runs find nothing to do. */
const LOOK_MS = 20_000;

/** Keeps a function's rolled-up history going; whatever went wrong is made up for by a later run. */
export function rollUpTask(ctx: Context, name: string, isOurs: () => boolean): Task {
  let failing = false;
  return {
    periodMs: LOOK_MS,
    async run() {
      if (!isOurs()) return;
      try {
        await rollUpHistory(ctx, name);
        failing = false;
      } catch (error) {
        if (!failing) ctx.log.warn({ function: name, reason: messageOf(error) }, 'the history is not rolled up');
        failing = true;
      }
    },
  };
}
