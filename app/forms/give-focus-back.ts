const CONTROL = 'button:not([disabled]), a[href], input:not([disabled]), select';

/** Where in a page something stands, for when it may be gone. */
type Place = { element: Element; row: Element | null; panel: Element | null };

export function placeOf(element: Element): Place {
  return { element, row: element.closest('tr, li'), panel: element.closest('section, dialog, main') };
}

/**
 * Gives the focus, if nobody has it any more, to what had it; where that is gone, to the first control of its row, else
 * to the heading of its panel. To be called while what goes away is still there: it waits until that has happened.
 */
export function giveFocusBack(place: Place): void {
  queueMicrotask(() => {
    for (const next of heirsOf(place)) {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      if (next instanceof HTMLElement) next.focus({ preventScroll: true });
    }
  });
}

function* heirsOf({ element, row, panel }: Place): Generator<Element | null | undefined> {
  yield element;
  yield row?.querySelector(CONTROL);
  yield headingOf(panel);
  yield headingOf(document.querySelector('main'));
}

/** A heading takes the focus only when it is told that it may. */
function headingOf(panel: Element | null): HTMLElement | null {
  const heading = panel?.querySelector<HTMLElement>('h1, h2') ?? null;
  if (heading !== null) heading.tabIndex = -1;
  return heading;
}
