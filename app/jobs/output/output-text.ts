import type { OutputSegment, OutputStream } from '#lib/schemas/job';

/** A stretch of output in one go of one stream; `isMore`: it goes on with the run before it. */
export type Run = { stream: OutputStream; text: string; isMore: boolean };

/** A part of the output that is drawn as a whole, and not again once something comes after it. */
export type Chunk = { number: number; runs: readonly Run[]; lines: number; characters: number };

/** Lines and characters after which a chunk ends with the line, and characters after which it ends in any case. */
const LINES = 200;
const CHARACTERS = 16 * 1024;
const MOST_CHARACTERS = 64 * 1024;

/**
 * What was written, in chunks: however much there is, what comes changes only the last one. Chunks are never changed, but
 * replaced, so whoever draws them can tell by identity which are new.
 */
export class OutputText {
  #chunks: readonly Chunk[] = [];
  #lines = 0;
  #text: string[] = [];

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** How many lines end in it. */
  get lines(): number {
    return this.#lines;
  }

  /** All of it as it was written. */
  get text(): string {
    return this.#text.join('');
  }

  append(segments: readonly OutputSegment[]): void {
    if (segments.length === 0) return;
    const chunks = [...this.#chunks];
    for (const { stream, text } of segments) {
      this.#text.push(text);
      for (let rest = text; rest !== ''; ) {
        const last = chunks.at(-1);
        const open = last === undefined || isFull(last) ? emptyAfter(last) : (chunks.pop() ?? emptyAfter(last));
        const part = fitting(rest, open);
        rest = rest.slice(part.length);
        const lines = countLines(part);
        this.#lines += lines;
        chunks.push({
          number: open.number,
          runs: withRun(open.runs, { stream, text: part, isMore: isMore(open, last, stream) }),
          lines: open.lines + lines,
          characters: open.characters + part.length,
        });
      }
    }
    this.#chunks = chunks;
  }
}

function emptyAfter(last: Chunk | undefined): Chunk {
  return { number: (last?.number ?? -1) + 1, runs: [], lines: 0, characters: 0 };
}

function isFull({ lines, characters, runs }: Chunk): boolean {
  // One less, as no character of two is cut.
  if (characters >= MOST_CHARACTERS - 1) return true;
  return (lines >= LINES || characters >= CHARACTERS) && (runs.at(-1)?.text.endsWith('\n') ?? false);
}

/** As much of a text as goes into a chunk: to the end of a line, if one comes in time. */
function fitting(text: string, { lines, characters }: Chunk): string {
  let end = 0;
  for (let count = lines; ; count += 1) {
    const next = text.indexOf('\n', end) + 1;
    if (next === 0 || next > MOST_CHARACTERS - characters) break;
    end = next;
    if (count + 1 >= LINES || characters + end >= CHARACTERS) return text.slice(0, end);
  }
  const most = MOST_CHARACTERS - characters;
  if (text.length <= most) return text;
  // Of a chunk that is nearly full the line goes into the next one, unless the line alone is too long.
  if (end > 0) return text.slice(0, end);
  const isCut = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isCut ? most - 1 : most);
}

function withRun(runs: readonly Run[], run: Run): Run[] {
  const last = runs.at(-1);
  if (last?.stream !== run.stream) return [...runs, run];
  return [...runs.slice(0, -1), { ...last, text: last.text + run.text }];
}

function isMore(open: Chunk, last: Chunk | undefined, stream: OutputStream): boolean {
  return open.runs.length === 0 && last?.runs.at(-1)?.stream === stream;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
