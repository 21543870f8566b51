import type { Context } from '#lib/context';
import { isUnavailable } from '#lib/errors';
import { readAfter, readNewest } from '#lib/functions/history-entries';
import { readFunction } from '#lib/functions/read-function';
import { liveMessage } from '#lib/keys';
import type { FunctionState } from '#lib/schemas/function';
import { functionState } from '#lib/schemas/function';
import type { WriteRefusal } from '#lib/schemas/live';
import {
  EVENT_FRAME,
  type EventId,
  entryFrame,
  isAfter,
  parseId,
  RESET_FRAME,
  resultFrame,
  stateFrame,
} from './frames.ts';
import type { Viewer } from './viewer.ts';

/** More than any window shows; who missed more reads it anew. */
const MAX_RESUMED = 2_000;

/** One function's feed: what comes on its channel goes to every viewer, encoded once. */
export class Topic {
  readonly viewers = new Set<Viewer>();
  readonly #ctx: Context;
  readonly name: string;
  #last: EventId = { ms: 0, seq: 0 };
  /** Messages that came while the topic catches up: what is read meanwhile may be older than they are. */
  #held: string[] | null = null;
  #state: FunctionState | null = null;
  #runtimeAlive = false;
  #redisDownSince: number | null = null;
  #writesRefused: WriteRefusal | null = null;
  /** Viewers that joined while Redis was away, with the last id that they have. */
  readonly #behind = new Map<Viewer, string>();

  readonly #lost: () => void;

  /** `lost` is told that Redis did not answer; it is to bring the topic back. */
  constructor(ctx: Context, name: string, lost: () => void) {
    this.#ctx = ctx;
    this.name = name;
    this.#lost = lost;
  }

  /** Reads the function's state; `not_found` when there is no such function. */
  async open(): Promise<void> {
    const { state, runtimeAlive } = await readFunction(this.#ctx, { name: this.name });
    const [newest] = await readNewest(this.#ctx, this.name, 1);
    this.#state = state;
    this.#runtimeAlive = runtimeAlive;
    if (newest !== undefined && this.#last.ms === 0) this.#last = parseId(newest.id);
  }

  /**
   * Adds a viewer who has seen everything up to `after`, or who wants only what comes from now on. While Redis is away it
   * is told so, and gets what it missed later.
   */
  async join(viewer: Viewer, after: string | null): Promise<void> {
    viewer.write(this.#stateFrame());
    viewer.startAfter(after === null ? this.#newest() : parseId(after));
    this.viewers.add(viewer);
    if (after === null) return;
    if (this.#redisDownSince === null) await this.#catchUp(viewer, after);
    else this.#behind.set(viewer, after);
  }

  leave(viewer: Viewer): void {
    this.viewers.delete(viewer);
    this.#behind.delete(viewer);
  }

  message(text: string): void {
    if (this.#held !== null) {
      this.#held.push(text);
      return;
    }
    const end = text.indexOf('\n');
    const [kind, id] = text.slice(0, end).split(' ');
    const json = text.slice(end + 1);
    if (kind === liveMessage.result && id !== undefined) this.#result(id, resultFrame(id, json));
    else if (kind === liveMessage.event) for (const viewer of this.viewers) viewer.write(EVENT_FRAME);
    else if (kind === liveMessage.state) {
      this.#state = functionState.parse(JSON.parse(json));
      // Who says something is alive, whatever the last look at its lease found.
      this.#runtimeAlive = true;
      this.#tellState();
    }
  }

  /** Looks whether a runtime still says that it runs the function. */
  async checkRuntime(): Promise<void> {
    const alive = (await this.#ctx.redis.exists(this.#ctx.keys.lease(this.name))) === 1;
    if (alive === this.#runtimeAlive) return;
    this.#runtimeAlive = alive;
    this.#tellState();
  }

  /** Whether Redis takes writes, which is known for all topics at once. */
  writesAre(refused: WriteRefusal | null): void {
    if (refused === this.#writesRefused) return;
    this.#writesRefused = refused;
    this.#tellState();
  }

  redisIsDown(since: number): void {
    this.#redisDownSince = since;
    this.#held ??= [];
    this.#tellState();
  }

  /** Sends what was written while nobody listened, then goes on with what came meanwhile. */
  async redisIsBack(): Promise<void> {
    this.#held ??= [];
    const { entries, complete } = await readAfter(
      this.#ctx,
      this.name,
      `${this.#last.ms}-${this.#last.seq}`,
      MAX_RESUMED,
    );
    await this.open();
    this.#redisDownSince = null;
    this.#tellState();
    const behind = [...this.#behind];
    this.#behind.clear();
    for (const [viewer, after] of behind) await this.#catchUp(viewer, after);
    if (!complete) for (const viewer of this.viewers) viewer.write(RESET_FRAME);
    else for (const entry of entries) this.#result(entry.id, entryFrame(entry));
    const held = this.#held ?? [];
    this.#held = null;
    for (const text of held) this.message(text);
  }

  /** What comes meanwhile is held back, so that the viewer gets everything in order. */
  async #catchUp(viewer: Viewer, after: string): Promise<void> {
    viewer.hold();
    try {
      const { entries, complete } = await readAfter(this.#ctx, this.name, after, MAX_RESUMED);
      if (!complete) viewer.write(RESET_FRAME);
      else for (const entry of entries) viewer.caughtUp(parseId(entry.id), entryFrame(entry));
    } catch (error) {
      if (isUnavailable(error)) {
        this.#behind.set(viewer, after);
        return this.#lost();
      }
      viewer.release();
      throw error;
    }
    viewer.release();
  }

  /** Where a viewer begins who asks for nothing of the past; Redis' clock is unknown while it is away. */
  #newest(): EventId {
    return this.#last.ms === 0 && this.#redisDownSince !== null ? { ms: Date.now(), seq: 0 } : this.#last;
  }

  #result(id: string, frame: Buffer): void {
    const parsed = parseId(id);
    if (!isAfter(parsed, this.#last)) return;
    this.#last = parsed;
    for (const viewer of this.viewers) viewer.result(parsed, frame);
  }

  #tellState(): void {
    const frame = this.#stateFrame();
    for (const viewer of this.viewers) viewer.write(frame);
  }

  #stateFrame(): Buffer {
    return stateFrame({
      now: Date.now(),
      state: this.#state,
      runtimeAlive: this.#runtimeAlive,
      redisDownSince: this.#redisDownSince,
      writesRefused: this.#writesRefused,
    });
  }
}
