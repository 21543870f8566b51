import { formatFor } from './format-for.ts';

// English only: what still calls these does not know the reader's language yet.
export const { withDigits, figure: figureOf, plain, duration, bytes } = formatFor('en');

/** "1 tick", "11 ticks" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatFor('en').whole(count)} ${count === 1 ? one : many}`;
}
