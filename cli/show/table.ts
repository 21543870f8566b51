import { neutralLine } from './neutral.ts';
import type { Screen, Style } from './screen.ts';
import { cut, widthOf } from './width.ts';

export type Column<Row> = {
  title: string;
  of: (row: Row) => string | number | null;
  /** Numbers are compared by their last digits. */
  isNumber?: true;
  /** Gives way where the terminal is narrow. */
  mayCut?: true;
  style?: (row: Row) => Style | undefined;
};

const GAP = '  ';
/** Of a column that gives way. */
const LEAST = 8;
const NOTHING = '–';

/** Aligned columns under their titles, for any text: what a terminal would obey is shown as an escape. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], screen: Screen): string {
  const cells = rows.map((row) => columns.map(({ of }) => neutralLine(`${of(row) ?? NOTHING}`)));
  const widths = widthsWithin(
    columns.map(({ title, mayCut }, index) => ({
      wanted: Math.max(widthOf(title), ...cells.map((line) => widthOf(line[index] ?? ''))),
      mayCut: mayCut === true,
    })),
    screen.width,
  );
  const line = (texts: readonly string[], styleAt: (index: number) => Style | undefined) =>
    columns
      .map(({ isNumber }, index) => {
        const width = widths[index] ?? 0;
        const text = cut(texts[index] ?? '', width);
        const space = ' '.repeat(width - widthOf(text));
        const painted = screen.paint(styleAt(index), text);
        return isNumber ? space + painted : painted + space;
      })
      .join(GAP)
      .trimEnd();
  const titles = line(
    columns.map(({ title }) => title),
    () => 'dim',
  );
  return [titles, ...rows.map((row, index) => line(cells[index] ?? [], (at) => columns[at]?.style?.(row)))]
    .map((each) => `${each}\n`)
    .join('');
}

/** Widths that fit together, as far as the columns that give way allow it. */
function widthsWithin(columns: readonly { wanted: number; mayCut: boolean }[], width: number | null): number[] {
  const gaps = GAP.length * (columns.length - 1);
  let over = width === null ? 0 : columns.reduce((sum, { wanted }) => sum + wanted, gaps) - width;
  return columns.map(({ wanted, mayCut }) => {
    if (!mayCut || over <= 0) return wanted;
    const less = Math.min(over, Math.max(0, wanted - LEAST));
    over -= less;
    return wanted - less;
  });
}

/** Names and values, one pair a line; those without a value are left out. */
export function fields(
  pairs: readonly (readonly [name: string, value: string | number | null])[],
  screen: Screen,
): string {
  const shown = pairs.filter(([, value]) => value !== null);
  const width = Math.max(0, ...shown.map(([name]) => widthOf(name)));
  return shown
    .map(([name, value]) => `${screen.paint('dim', name.padEnd(width))}${GAP}${neutralLine(`${value}`)}\n`)
    .join('');
}
