import type { Metric, Metrics } from './sources/source.ts';

/**
 * One sample as Python's `json.dumps` would spell it: floats keep their `.0` and integers stay integers, so that
 * `json.loads` gives a function the types that psutil gave.
 */
export function sampleText(at: Date, metrics: Metrics): string {
  const members = [`"timestamp": "${timestamp(at)}"`];
  for (const [name, value] of metrics) members.push(`${JSON.stringify(name)}: ${numberText(value)}`);
  return `{${members.join(', ')}}`;
}

function numberText(value: Metric): string {
  const text = String(value);
  return typeof value === 'bigint' || /[.e]/.test(text) ? text : `${text}.0`;
}

/** Local time as `str(datetime.now())` spells it. The clock gives ms; the microseconds are there for `%f`. */
export function timestamp(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join(':');
  return `${date} ${time}.${String(at.getMilliseconds()).padStart(3, '0')}000`;
}
