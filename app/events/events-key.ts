/** Under which the events of a range are kept in the browser. */
export function eventsKey(name: string, from: number, to: number | undefined): string {
  return `${prefixOf(name)}${from} ${to ?? 'now'}`;
}

/** Whether something is kept that is another when something happens to a function. */
export function isOfEvents(name: string): (key: unknown) => boolean {
  return (key) => typeof key === 'string' && key.startsWith(prefixOf(name));
}

const prefixOf = (name: string) => `events ${name} `;
