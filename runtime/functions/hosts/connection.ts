import type { Duplex } from 'node:stream';
import { encodeFrame, type Frame, FrameReader } from '#runtime/supervise/frames';
import { toRuntime } from './protocol.ts';

/** The answer did not come in time. */
export const TIMED_OUT = Symbol('timed out');
/** The host closed its side, spoke nonsense, or ended before it came to the question. */
export const CLOSED = Symbol('closed');
export type NoAnswer = typeof TIMED_OUT | typeof CLOSED;

/** `ahead`: a frame that belongs to the answer and came before it. */
export type Answer = { frame: Frame; ahead: Frame | null };

type Question = { resident: number; timeoutMs: number; settle: (answer: Answer | NoAnswer) => void };

type Events = {
  printed(frame: Frame): void;
  /** No question will be answered any more. */
  ended(why: NoAnswer): void;
};

/**
 * The runtime's side of the protocol over one byte stream. Questions are sent at once, and the host answers them one after
 * another: when it has answered one, the turn of the next begins, and only then does its time run.
 */
export class HostConnection {
  readonly #stream: Duplex;
  readonly #events: Events;
  readonly #reader = new FrameReader();
  #questions: Question[] = [];
  #timer: NodeJS.Timeout | undefined;
  #turn: number | null = null;
  #ahead: Frame | null = null;
  #guilty: number | null = null;
  #ended = false;

  constructor(stream: Duplex, events: Events) {
    this.#stream = stream;
    this.#events = events;
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', () => this.#end(CLOSED));
    stream.once('close', () => this.#end(CLOSED));
    stream.once('end', () => this.#end(CLOSED));
  }

  /** Who is at work. */
  get asked(): number | null {
    return this.#questions[0]?.resident ?? null;
  }

  /** Whose doing it is, or would be, that it ended: the host said so, or else who was at work. Null when nobody was. */
  get suspect(): number | null {
    return this.#guilty ?? this.asked;
  }

  /** Whose turn it is, or was last. */
  get turn(): number | null {
    return this.#turn;
  }

  ask(resident: number, type: number, payload: Buffer | string, timeoutMs: number): Promise<Answer | NoAnswer> {
    return new Promise((settle) => {
      if (this.#ended) return settle(CLOSED);
      this.#questions.push({ resident, timeoutMs, settle });
      if (this.#questions.length === 1) this.#startTurn();
      this.#write(encodeFrame(type, resident, payload));
    });
  }

  tell(resident: number, type: number, payload: string): void {
    if (!this.#ended) this.#write(encodeFrame(type, resident, payload));
  }

  /** Nobody waits for the answers to what this resident has asked. They may come nevertheless. */
  abandon(resident: number): void {
    for (const question of this.#questions) {
      if (question.resident === resident) question.settle(CLOSED);
    }
  }

  close(): void {
    this.#stream.destroy();
    this.#end(CLOSED);
  }

  /** What is asked while the host is busy is written together. */
  #write(frame: Buffer): void {
    if (this.#questions.length > 1 && this.#stream.writableCorked === 0) {
      this.#stream.cork();
      process.nextTick(() => this.#stream.uncork());
    }
    this.#stream.write(frame);
  }

  #startTurn(): void {
    const question = this.#questions[0];
    if (question === undefined) return;
    this.#turn = question.resident;
    // When this process was busy itself, the answer may be here already, and is read first.
    const late = () => setImmediate(() => this.#questions[0] === question && this.#end(TIMED_OUT));
    this.#timer = setTimeout(late, question.timeoutMs);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (frame.type === toRuntime.printed) this.#events.printed(frame);
        else if (frame.type === toRuntime.guilty) this.#guilty = frame.resident;
        else if (frame.type === toRuntime.snapshot) this.#ahead = frame;
        else this.#answered(frame);
      }
    } catch {
      this.close();
    }
  }

  #answered(frame: Frame): void {
    if (frame.resident !== this.asked) throw new Error(`An answer of ${frame.resident}, whom nobody asked`);
    const question = this.#questions.shift();
    clearTimeout(this.#timer);
    const ahead = this.#ahead;
    this.#ahead = null;
    // It goes on: the function itself has caught what would have ended it.
    this.#guilty = null;
    this.#startTurn();
    question?.settle({ frame, ahead });
  }

  #end(why: NoAnswer): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#guilty = this.suspect;
    const [first, ...others] = this.#questions;
    this.#questions = [];
    this.#events.ended(why);
    first?.settle(why);
    for (const question of others) question.settle(CLOSED);
  }
}
