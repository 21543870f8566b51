/** One line of a plot, or the area between two columns. */
export type Curve = {
  /** The series' name in the result. */
  name: string;
  label: string;
  /** Its colour, 1 to 8; from the ninth on the colours come again, dashed. */
  slot: number;
  /** The column of the area's lower edge; the name's own is the upper one. */
  lower?: string;
};

const COLOURS = 8;

export function colourOf(slot: number): { token: `--s${number}`; dashed: boolean } {
  return { token: `--s${((slot - 1) % COLOURS) + 1}`, dashed: slot > COLOURS };
}
