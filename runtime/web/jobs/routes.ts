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
    const route = methods[method === 'HEAD' ? 'GET' : method];
    if (route !== undefined) return route(/^\d{1,15}$/.test(match[1] ?? '') ? Number(match[1]) : Number.NaN);
    // The start page is somebody else's.
    return pathname === '/' ? null : { kind: 'not allowed', allow: ['HEAD', ...Object.keys(methods)].join(', ') };
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
