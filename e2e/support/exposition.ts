/** What a scrape of `/metrics` says: the value of each sample by its name and labels, as `name{a="b"}`. */
type Exposition = ReadonlyMap<string, number>;

const SAMPLE = /^([a-z_:][\w:]*)(?:\{((?:[a-z_]\w*="(?:[^"\\\n]|\\.)*",?)*)\})? (\S+)$/i;

/** Reads the text format as strictly as Prometheus does: each sample once, and of a metric that has said its type. */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith('\n')) throw new Error('the last line must end');
  const types = new Map<string, string>();
  const samples = new Map<string, number>();
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const type = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line);
    if (type?.[1] !== undefined && type[2] !== undefined) types.set(type[1], type[2]);
    if (line.startsWith('#')) continue;
    const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
    const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
    if (!types.has(family)) throw new Error(`no type is known of: ${line}`);
    const id = labels === '' ? name : `${name}{${labels}}`;
    if (samples.has(id)) throw new Error(`twice: ${line}`);
    samples.set(id, value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value));
  }
  return samples;
}

/** Scrapes an address, which must answer as Prometheus needs it. */
export async function scrape(url: string, headers: Record<string, string> = {}): Promise<Exposition> {
  const response = await fetch(url, { headers });
  if (response.status !== 200) throw new Error(`${url} answers ${response.status}`);
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/plain; version=')) throw new Error(`${url} answers ${type}`);
  return parseExposition(await response.text());
}
