import type { IncomingMessage } from 'node:http';

type Event = { event: string; id: string | undefined; data: unknown };

/** A reader of server-sent events that waits for what it is asked for. */
export class EventStream {
  readonly events: Event[] = [];
  readonly #response: IncomingMessage;
  #text = '';
  #wake = () => {};

  constructor(response: IncomingMessage) {
    this.#response = response;
    response.setEncoding('utf8').on('data', (chunk: string) => {
      this.#text += chunk;
      const blocks = this.#text.split('\n\n');
      this.#text = blocks.pop() ?? '';
      for (const block of blocks) this.#block(block);
      this.#wake();
    });
    response.on('error', () => {});
  }

  /** The data of each event of this name. */
  of(name: string): unknown[] {
    return this.events.filter(({ event }) => event === name).map(({ data }) => data);
  }

  /** The `n` of each result. */
  get results(): unknown[] {
    return this.of('result').map((data) => JSON.parse(String(Object(data).result)).n);
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#response.destroy();
  }

  #block(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const event = fields.get('event');
    if (event === undefined) return;
    this.events.push({ event, id: fields.get('id'), data: JSON.parse(fields.get('data') ?? 'null') });
  }
}
