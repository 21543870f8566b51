import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionRecord } from '#lib/schemas/record';
import { FunctionRunner } from './function-runner.ts';
import { rollUpTask } from './history/roll-up-task.ts';
import type { Machinery } from './machinery.ts';
import { OnChange } from './on-change.ts';
import type { Task } from './schedule.ts';

/** While there is no input yet, it is looked for more often than every period: a first sample shows at once. */
const FIRST_INPUT_MS = 500;
/** Where Redis does not tell of writes, and against a lost message. */
const LOOK_MS = 5_000;
/** How late the message of a write may come. */
const LATE_MS = 100;

/** A function that this process runs, or stands by to run: its runner, its lease, and what calls it. */
export class RunningFunction {
  readonly #machinery: Machinery;
  readonly #runner: FunctionRunner;
  readonly #tasks = new DisposableStack();
  /** What calls it, as its settings say. */
  #trigger: AsyncDisposable | null = null;
  #triggeredBy = '';
  /** Looks for what has been written while nobody could be called. */
  #catchUp = () => {};

  static async start(record: FunctionRecord, machinery: Machinery): Promise<RunningFunction> {
    let arrange = () => {};
    let catchUp = () => {};
    const runner = await FunctionRunner.start(record, machinery, {
      settingsChanged: () => arrange(),
      live: () => {
        arrange();
        catchUp();
      },
      lost: () => arrange(),
      unserved: () => void runner.run({ dueAt: Date.now(), lagMs: 0, missed: 0 }),
    });
    const running = new RunningFunction(record.name, runner, machinery);
    arrange = () => running.#arrange();
    catchUp = () => running.#catchUp();
    return running;
  }

  private constructor(name: string, runner: FunctionRunner, machinery: Machinery) {
    this.#machinery = machinery;
    this.#runner = runner;
    this.#add({
      get periodMs() {
        return runner.lease.periodMs;
      },
      run: () => runner.beat(),
    });
    this.#add(rollUpTask(machinery.ctx, name, () => runner.lease.text !== null));
    this.#arrange();
  }

  apply(record: FunctionRecord): void {
    void this.#runner.apply(record);
  }

  /** The function has been let go by somebody. */
  async claim(): Promise<void> {
    await this.#runner.beat();
  }

  async stop(status?: 'disabled'): Promise<void> {
    this.#tasks.dispose();
    const trigger = this.#trigger;
    this.#trigger = null;
    await Promise.all([trigger?.[Symbol.asyncDispose](), this.#runner.stop(status)]);
  }

  #add(task: Task): void {
    const entry = this.#machinery.schedule.add(task);
    this.#tasks.defer(() => entry.remove());
  }

  /** Calls the function in the way that its settings want, in the rhythm of its last tick. */
  #arrange(): void {
    if (this.#tasks.disposed) return;
    const { settings, servesUnder } = this.#runner;
    const { invoke, inputKey, periodMs } = settings;
    const by = JSON.stringify([invoke, inputKey, periodMs, servesUnder]);
    if (by === this.#triggeredBy) return;
    this.#triggeredBy = by;
    void this.#trigger?.[Symbol.asyncDispose]();
    this.#catchUp = () => {};
    if (servesUnder === null) this.#trigger = null;
    else this.#trigger = invoke === 'tick' ? this.#everyPeriod() : this.#onChange(inputKey);
  }

  #everyPeriod(): AsyncDisposable {
    const runner = this.#runner;
    const task: Task = {
      get periodMs() {
        return runner.waiting ? Math.min(FIRST_INPUT_MS, runner.periodMs) : runner.periodMs;
      },
      run: (due) => runner.run(due),
    };
    const entry = this.#machinery.schedule.add(task, runner.dueInMs);
    return { [Symbol.asyncDispose]: async () => entry.remove() };
  }

  /** Redis tells of writes; a task finds what it does not tell of. */
  #onChange(inputKey: string): AsyncDisposable {
    const stack = new AsyncDisposableStack();
    const runner = this.#runner;
    const trigger = stack.use(new OnChange(runner));
    const missed = async () => !trigger.busy && (await runner.inputHasChanged().catch(() => false));
    const look = async () => {
      // Only what is still there after a moment was missed: the message of a write may be on its way, its run under way.
      if (!(await missed())) return;
      await delay(LATE_MS);
      if ((await missed()) && !trigger.busy) trigger.written();
    };
    const watcher = { written: () => trigger.written(), listening: () => void look() };
    stack.use(this.#machinery.inputEvents.watch(inputKey, watcher));
    const entry = this.#machinery.schedule.add({
      get periodMs() {
        return runner.waiting ? FIRST_INPUT_MS : LOOK_MS;
      },
      run: look,
    });
    stack.defer(() => entry.remove());
    this.#catchUp = () => {
      void missed().then((isMissed) => {
        if (isMissed && !trigger.busy) trigger.written();
      });
    };
    return stack;
  }
}
