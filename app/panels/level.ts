const AMBER = 60;
const RED = 85;

export type Level = 'ok' | 'warn' | 'bad';

/** How a CPU's load is coloured. */
export function levelOf(percent: number): Level {
  return percent >= RED ? 'bad' : percent >= AMBER ? 'warn' : 'ok';
}

export const LEVELS = { amber: AMBER, red: RED } as const;
