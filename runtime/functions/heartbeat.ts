import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { messageOf } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import type { Log } from '#lib/log';
import type { FunctionRunner } from './function-runner.ts';
import type { Task } from './schedule.ts';

const identity = { instance: randomBytes(6).toString('hex'), host: hostname(), pid: process.pid };

/** Says, for as long as it is called, that this process runs the function. */
export function heartbeatTask(runner: FunctionRunner, log: Log): Task {
  return {
    periodMs: lifetimes.heartbeat / 3,
    async run() {
      await runner.beat({ ...identity, at: Date.now() }).catch((error: unknown) => {
        log.debug({ reason: messageOf(error) }, 'no heartbeat');
      });
    },
  };
}
