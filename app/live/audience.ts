/** While events pour in after a reconnection, the page is drawn this often. */
const BURST_MS = 50;

/** Who shows something that changes, and when they are told: numbers at once, drawings after these have been painted. */
export class Audience {
  readonly #listeners = new Set<() => void>();
  readonly #drawings = new Set<() => void>();
  #isDrawingDue = false;
  #toldAt = 0;
  #due: ReturnType<typeof setTimeout> | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** For what takes long to draw. */
  readonly subscribeDrawing = (listener: () => void): (() => void) => {
    this.#drawings.add(listener);
    return () => this.#drawings.delete(listener);
  };

  /** Now, but what came in a burst together. Only that is held back: other news must not delay what comes with it. */
  tellInTurn(): void {
    const wait = this.#toldAt + BURST_MS - performance.now();
    clearTimeout(this.#due);
    const tell = () => {
      this.#toldAt = performance.now();
      this.tell();
    };
    if (wait > 0) this.#due = setTimeout(tell, wait);
    else tell();
  }

  tell(): void {
    clearTimeout(this.#due);
    for (const listener of this.#listeners) listener();
    if (this.#isDrawingDue) return;
    this.#isDrawingDue = true;
    afterPaint(() => {
      this.#isDrawingDue = false;
      for (const drawing of this.#drawings) drawing();
    });
  }
}

/** In a page that nobody sees nothing is painted, and so nothing is drawn until somebody does. */
function afterPaint(work: () => void): void {
  if (typeof requestAnimationFrame === 'undefined') setTimeout(work);
  else requestAnimationFrame(() => setTimeout(work));
}
