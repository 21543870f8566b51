/** What is wanted of the job service. A number that is none is NaN. */
export type JobRoute =
  | { kind: 'list'; uid: number | undefined }
  | { kind: 'read' | 'cancel' | 'output'; id: number }
  | { kind: 'submit' | 'feed' }
  | { kind: 'not allowed'; allow: string };

type Methods = Partial<Record<string, (number: number) => JobRoute>>;

const list = (): JobRoute => ({ kind: 'list', uid: undefined });
const ofJob = (kind: 'read' | 'cancel' | 'output') => (id: number) => ({ kind, id });

const PATHS: [pattern: RegExp, methods: Methods][] = [
  [/^\/$/, { GET: list }],
  [/^\/jobs\/?$/, { GET: list, POST: () => ({ kind: 'submit' }) }],
  [/^\/jobs\/events$/, { GET: () => ({ kind: 'feed' }) }],
  [/^\/jobs\/([^/]+)\/?$/, { GET: ofJob('read'), DELETE: ofJob('cancel') }],
  [/^\/jobs\/([^/]+)\/output$/, { GET: ofJob('output') }],
  [/^\/users\/([^/]+)\/?$/, { GET: (uid) => ({ kind: 'list', uid }) }],
];

/** Null for what is none of its business. */
export function routeOf(method: string, pathname: string): JobRoute | null {
  for (const [pattern, methods] of PATHS) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    const number = /^\d{1,15}$/.test(match[1] ?? '') ? Number(match[1]) : Number.NaN;
    const read = methods.GET?.(number);
    // Of a stream, there is nothing before its events.
    const hasHead = read !== undefined && !isStream(read);
    const route = method === 'HEAD' && hasHead ? read : methods[method]?.(number);
    if (route !== undefined) return route;
    // The start page is somebody else's.
    if (pathname === '/') return null;
    return { kind: 'not allowed', allow: [...(hasHead ? ['HEAD'] : []), ...Object.keys(methods)].join(', ') };
  }
  return null;
}

/** Whether it is a stream of events, which pages open by themselves. */
export function isStream({ kind }: JobRoute): boolean {
  return kind === 'feed' || kind === 'output';
}

/** Whether there is a page at the same address. */
export function isAlsoPage({ kind }: JobRoute): boolean {
  return kind === 'list' || kind === 'read';
}
