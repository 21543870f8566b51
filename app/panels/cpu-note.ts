/** As many CPUs as there are colours have a curve each; of more, only some are named. */
export const MAX_CURVES = 8;

/** What stands beside the title of a chart of CPUs: "60 s window, % of one CPU". */
export function cpuNote(seconds: number | null, rest: string): string {
  return seconds === null ? rest : `${seconds} s window, ${rest}`;
}
