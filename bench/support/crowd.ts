import * as z from 'zod';
import { inBench } from './programs.ts';
import { Subject } from './subject.ts';

const PROCESSES = 2;
const CONNECT_MS = 120_000;
const EVENT_MS = 10_000;

const connected = z.object({ viewers: z.number(), failure: z.string().optional() });
const armed = z.object({ viewers: z.number() });
const arrived = z.object({ arrivals: z.array(z.number()) });

/** Viewers of one or more feeds, spread over a few processes so that their own work does not hide the server's. */
export class Crowds implements AsyncDisposable {
  readonly #processes: readonly Subject[];

  static async start(): Promise<Crowds> {
    const order = { command: process.execPath, args: [inBench('subjects', 'viewers.ts')] };
    return new Crowds(await Promise.all(Array.from({ length: PROCESSES }, () => Subject.start(order))));
  }

  private constructor(processes: readonly Subject[]) {
    this.#processes = processes;
  }

  /** Returns how many viewers were reached, and why not all. */
  async connect(
    crowd: string,
    port: number,
    path: string,
    count: number,
  ): Promise<{ viewers: number; failure: string | undefined }> {
    const answers = await Promise.all(
      this.#processes.map((process, index) => {
        const share = Math.floor((count + index) / PROCESSES);
        return process.ask({ do: 'connect', crowd, port, path, count: share }, connected, CONNECT_MS);
      }),
    );
    return {
      viewers: answers.reduce((sum, { viewers }) => sum + viewers, 0),
      failure: answers.find(({ failure }) => failure !== undefined)?.failure,
    };
  }

  /** Calls `write` and returns how many ms later each viewer had its event. */
  async latencies(crowd: string, write: () => Promise<unknown>): Promise<number[]> {
    await Promise.all(this.#processes.map((process) => process.ask({ do: 'arm', crowd }, armed, EVENT_MS)));
    const answers = this.#processes.map((process) =>
      process.ask({ do: 'await', crowd, timeoutMs: EVENT_MS }, arrived, EVENT_MS + CONNECT_MS),
    );
    const writtenAt = Number(process.hrtime.bigint()) / 1e6;
    const [all] = await Promise.all([Promise.all(answers), write()]);
    return all.flatMap(({ arrivals }) => arrivals.map((at) => at - writtenAt));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#processes.map((process) => process[Symbol.asyncDispose]()));
  }
}
