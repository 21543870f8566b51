import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from '#runtime/supervise/frames';
import { LogLines } from '#runtime/supervise/log-lines';
import { ConnectedHost } from './connected-host.ts';
import { CLOSED, HostConnection, type NoAnswer } from './connection.ts';
import type { End, Host, HostOrder } from './host.ts';
import { toHost } from './protocol.ts';

/** How long a host may take to end before it is ended for good. */
const OBEY_MS = 200;
/** What has been written to the connection when its process ends is read within this time. */
const READ_MS = 50;
/** Dropping a function runs its finalisers. */
const LEAVE_MS = 10_000;

/** Why a process or thread is to end: nobody needs it any more, or it did not answer. */
type EndReason = 'disposed' | NoAnswer;

/** A process or a thread that hosts functions. */
type Life = {
  pid: number;
  /** Resolves when it has ended. `innocent`: on account of another thread of its process. */
  ended: Promise<End>;
  /** Asks it to end. One that has closed its side is ending by itself. */
  stop(why: EndReason): void;
  /** Ends it for good, with whatever shares its process. */
  kill(): void;
};

type Resident = {
  order: HostOrder;
  lines: { stdout: LogLines; stderr: LogLines };
  ended: PromiseWithResolvers<End>;
  /** What it is doing, or did last. */
  turn: Promise<unknown>;
  leaving: boolean;
};

/**
 * A process or a thread behind one connection, and the functions that live in it: one, or many that take turns. It ends
 * with the last of them. When it ends otherwise, that is the doing of the one whose turn it was, or that was found
 * guilty of it; the others are innocent.
 */
export class Residence {
  /** Whose fault its end was, once `ended`; null while that is unknown, and when it was no fault. */
  culprit: HostOrder | null = null;
  readonly ended: Promise<void>;
  readonly #life: Life;
  readonly #connection: HostConnection;
  readonly #disconnected = Promise.withResolvers<void>();
  readonly #residents = new Map<number, Resident>();
  /** Who left last: what it printed may come after it has gone. */
  #departed: Resident | undefined;
  #numbers = 0;
  #ending: Promise<void> | null = null;

  constructor(stream: Duplex, life: Life) {
    this.#life = life;
    this.#connection = new HostConnection(stream, {
      printed: (frame) => this.#print(frame),
      ended: (why) => {
        this.#disconnected.resolve();
        void this.#end(why);
      },
    });
    this.ended = life.ended.then((end) => this.#finish(end));
  }

  /** Whether it takes new residents. */
  get open(): boolean {
    return this.#ending === null;
  }

  /** Who was at work when it ended, or is. */
  get suspect(): number | null {
    return this.#connection.suspect;
  }

  /** Its number is 1 for the first; none is given twice. */
  admit(order: HostOrder): Host {
    const number = ++this.#numbers;
    const resident: Resident = {
      order,
      lines: {
        stdout: new LogLines((line) => order.log('stdout', line)),
        stderr: new LogLines((line) => order.log('stderr', line)),
      },
      ended: Promise.withResolvers<End>(),
      turn: Promise.resolve(),
      leaving: false,
    };
    this.#residents.set(number, resident);
    return new ConnectedHost(order, {
      pid: this.#life.pid,
      ended: resident.ended.promise,
      ask: (type, payload, timeoutMs) => {
        if (!this.#residents.has(number)) return Promise.resolve(CLOSED);
        const answer = this.#connection.ask(number, type, payload, timeoutMs);
        resident.turn = answer;
        return answer;
      },
      tell: (type, payload) => this.#connection.tell(number, type, payload),
      leave: () => this.#leave(number, resident),
    });
  }

  /** A line from the process' own pipes: of the function whose turn it is, or was last. */
  log(stream: string, line: string): void {
    const { turn } = this.#connection;
    const resident = turn === null ? this.#residents.values().next().value : this.#residents.get(turn);
    (resident ?? this.#departed)?.order.log(stream, line);
  }

  async #leave(number: number, resident: Resident): Promise<void> {
    if (resident.leaving) return void (await resident.ended.promise);
    resident.leaving = true;
    const alone = () => this.#residents.size === 1;
    const busy = () => this.#connection.asked === number;
    if (busy() && !alone()) await Promise.race([resident.turn, delay(OBEY_MS, undefined, { ref: false })]);
    if (alone() || busy() || !this.open) return await this.#end('disposed');
    this.#residents.delete(number);
    this.#departed = resident;
    this.#connection.abandon(number);
    this.#say(resident, { how: 'was disposed of', innocent: false });
    void this.#connection.ask(number, toHost.leave, '', LEAVE_MS);
  }

  #end(why: EndReason): Promise<void> {
    this.#ending ??= this.#stop(why);
    return this.#ending;
  }

  async #stop(why: EndReason): Promise<void> {
    this.#life.stop(why);
    const timer = setTimeout(() => this.#life.kill(), OBEY_MS);
    await this.ended;
    clearTimeout(timer);
  }

  async #finish({ how, innocent }: End): Promise<void> {
    await Promise.race([this.#disconnected.promise, delay(READ_MS, undefined, { ref: false })]);
    this.#connection.close();
    const suspect = innocent ? null : this.suspect;
    for (const [number, resident] of this.#residents) {
      if (number === suspect && !resident.leaving) this.culprit = resident.order;
      const another = innocent || (suspect !== null && suspect !== number);
      this.#say(resident, { how, innocent: another && !resident.leaving });
    }
  }

  #say(resident: Resident, end: End): void {
    resident.lines.stdout.end();
    resident.lines.stderr.end();
    resident.ended.resolve(end);
  }

  #print({ resident: number, payload }: Frame): void {
    const lines = this.#residents.get(number)?.lines;
    lines?.[payload.readUInt8(0) === 2 ? 'stderr' : 'stdout'].push(payload.subarray(1));
  }
}
