import type * as z from 'zod';
import { Child, type ChildOrder } from './child.ts';

const READY_MS = 30_000;

/** A child that takes orders: one line of JSON in, one line out. */
export class Subject implements AsyncDisposable {
  readonly child: Child;

  static async start(order: ChildOrder): Promise<Subject> {
    const child = new Child(order);
    try {
      await child.line(jsonOf, READY_MS);
      return new Subject(child);
    } catch (error) {
      await child[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(child: Child) {
    this.child = child;
  }

  async ask<T>(order: object, answer: z.ZodType<T>, timeoutMs: number): Promise<T> {
    const said = this.child.line(jsonOf, timeoutMs);
    this.child.write(order);
    return answer.parse(await said);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child[Symbol.asyncDispose]();
  }
}

function jsonOf(line: string): unknown {
  return line.startsWith('{') ? JSON.parse(line) : undefined;
}
