/** As many CPUs as there are colours have a curve each; of more, only some are named. */
export const MAX_CURVES = 8;

/** What stands beside the title of a chart of CPUs: "60 s window, % of one CPU". */
export function cpuNote(
  say: { window: (seconds: number, rest: string) => string },
  seconds: number | null,
  rest: string,
): string {
  return seconds === null ? rest : say.window(seconds, rest);
}
