/** Less than this, in px, and a cell cannot be read across a room. */
const LEAST = { width: 300, height: 190 };
const MOST = 60;
/** How wide a cell is for its height where there is a choice. */
const BEST_RATIO = 1.7;

export type WallRoom = {
  /** How many cells fit. */
  most: number;
  /** The columns and rows that give so many cells the best shape. */
  shapeFor: (cells: number) => { columns: number; rows: number };
};

/** What fits on a screen of this size. */
export function wallRoom({ width, height }: { width: number; height: number }): WallRoom {
  const columns = Math.max(1, Math.floor(width / LEAST.width));
  const rows = Math.max(1, Math.floor(height / LEAST.height));
  return {
    most: Math.min(MOST, columns * rows),
    shapeFor(cells) {
      const count = Math.max(1, cells);
      const shapes = Array.from({ length: columns }, (_, index) => ({
        columns: index + 1,
        rows: Math.ceil(count / (index + 1)),
      })).filter((shape) => shape.rows <= rows);
      const cost = (shape: { columns: number; rows: number }) => {
        const ratio = width / shape.columns / (height / shape.rows);
        const empty = shape.columns * shape.rows - count;
        return Math.abs(Math.log(ratio / BEST_RATIO)) + empty / count;
      };
      const [best] = shapes.sort((a, b) => cost(a) - cost(b));
      return best ?? { columns, rows };
    },
  };
}
