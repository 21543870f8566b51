import { splitWindow } from './classify.ts';

/**
 * What the series of one kind of average have in common, whichever CPU they speak of: `avg-util-cpu3-60sec` and
 * `avg-util-cpu0-60sec` share one family, `avg-util-cpu0-1h` has another.
 */
export function cpuFamily(name: string): string {
  const { rest, windows } = splitWindow(name.toLowerCase());
  return [rest.replace(/(cpus?[a-z]*[^0-9]{0,40}?)\d{1,4}(?!\d)/, '$1N'), ...windows].join('|');
}

/** The seconds over which a name such as `avg-util-cpu0-60sec` says it averages; null when it does not say. */
export function averagingSeconds(name: string): number | null {
  const [window] = splitWindow(name.toLowerCase()).windows;
  if (window === undefined) return null;
  const count = Number(/\d+/.exec(window)?.[0]);
  const unit = window.replace(/^[a-z_-]*\d+[_-]?/, '');
  const seconds = count * (/^m(?:in|$)/.test(unit) ? 60 : 1);
  return seconds > 0 ? seconds : null;
}
