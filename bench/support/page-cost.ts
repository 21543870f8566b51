import type { Page } from 'playwright';

/** What a page has cost its browser up to now; times are of its main thread. */
export type PageCost = {
  /** All tasks; scripts, style and layout are part of them. */
  taskMs: number;
  scriptMs: number;
  layoutMs: number;
  heapBytes: number;
  nodes: number;
  listeners: number;
};

/** Asks the browser what a page costs, as often as it is called, after all that nobody needs any more has been collected. */
export async function costOf(page: Page): Promise<() => Promise<PageCost>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const before = await session.send('Performance.getMetrics');
    // What collecting takes is not the page's; what only a first collection lets go of, a second one collects.
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const after = await session.send('Performance.getMetrics');
    const [spent, left] = [before, after].map(
      ({ metrics }) => new Map(metrics.map(({ name, value }) => [name, value] as const)),
    );
    const ms = (name: string) => (spent?.get(name) ?? Number.NaN) * 1_000;
    const count = (name: string) => left?.get(name) ?? Number.NaN;
    return {
      taskMs: ms('TaskDuration'),
      scriptMs: ms('ScriptDuration'),
      layoutMs: ms('LayoutDuration') + ms('RecalcStyleDuration'),
      heapBytes: count('JSHeapUsedSize'),
      nodes: count('Nodes'),
      listeners: count('JSEventListeners'),
    };
  };
}
