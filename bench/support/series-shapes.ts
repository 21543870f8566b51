export const MEMORY = 'percent-memory-caching';

const around = (at: number, middle: number, phase: number) =>
  middle + 10 * Math.sin(at / 60_000 + phase) + Math.random() * 5;

/** As many series as this in one result: the two percentages, and the moving average of a CPU each. */
export function cpuSeries(count: number): (at: number) => Record<string, number> {
  const cpus = Array.from({ length: count - 2 }, (_, cpu) => cpu);
  return (at) => ({
    'percent-network-egress': around(at, 50, 1),
    [MEMORY]: around(at, 20, 0),
    ...Object.fromEntries(cpus.map((cpu) => [`avg-util-cpu${cpu}-60sec`, around(at, 40, cpu)])),
  });
}

/** As many series as this of which nothing is known, so that each has a chart of its own. */
export function unknownSeries(count: number): (at: number) => Record<string, number> {
  const numbers = Array.from({ length: count - 1 }, (_, index) => index);
  return (at) => ({
    [MEMORY]: around(at, 20, 0),
    ...Object.fromEntries(numbers.map((index) => [`queue.length.${index}`, around(at, 500, index)])),
  });
}
