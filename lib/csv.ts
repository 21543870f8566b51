// A text that a spreadsheet would take for a formula is not one: it gets a quote before it. A negative number stays one.
const FORMULA = /^[=+@\t\r\n]|^-(?!\d+(?:\.\d+)?(?:e[+-]?\d+)?$)/i;

/** One line of CSV (RFC 4180), its end included. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
