import type { EventList, FunctionEvent } from '#lib/schemas/event';
import type { FailureRun, Gap, VersionStart } from '#lib/schemas/history';

type Event<Kind extends FunctionEvent['kind']> = Extract<FunctionEvent, { kind: Kind }>;
type Wish = Event<'deploy'> | Event<'roll-back'>;

/** The end of what has none yet. */
export const STILL_GOING = Number.POSITIVE_INFINITY;

/** When it began and ended; most things happen at once. */
type Span = { key: string; from: number; at: number };

/**
 * What happened, as people see it. A version goes live a moment after somebody has wanted it, and what does not load is
 * tried again and again: each of these is one.
 */
export type Happening = Span &
  (
    | { kind: 'deploy'; version: number | null; label: string | null; wish: Wish | null; isLive: boolean }
    | { kind: 'not-loaded'; version: number | null; message: string; tries: number; wish: Wish | null }
    | { kind: 'settings'; changes: Event<'settings'>['changes']; by: Event<'settings'>['by']; revision?: number }
    | { kind: 'restart'; reason: Event<'restart'>['reason']; message?: string; invocation?: string; count: number }
    | { kind: 'failure'; run: FailureRun }
    | { kind: 'gap' }
  );

export type OfKind<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

/** Between two tries to load, or until a host is started again; what is longer is an outage as well. */
const LONGEST_PAUSE_MS = 5 * 60_000;

const TOLD_WITHIN_MS = 60_000;
const ENDING: ReadonlySet<Event<'restart'>['reason']> = new Set(['timeout', 'memory', 'exit']);

type Known = { failures: readonly FailureRun[]; versions: readonly VersionStart[]; gaps: readonly Gap[] };

/** All that is known of a range, the oldest first. */
export function happeningsOf(
  { events, versions: numbers }: Pick<EventList, 'events' | 'versions'>,
  { failures, versions, gaps }: Known,
): Happening[] {
  const told = joined(events, numbers[versions[0]?.version ?? ''] ?? null);
  const isTold = (number: number | undefined) => told.some((each) => each.kind === 'deploy' && each.version === number);
  const untold = versions.slice(1).filter(({ version }) => !isTold(numbers[version]));
  const tries = failures.filter((run) => told.some((each) => isTryOf(run, each)));
  const endings = told.filter(isEnding);
  const backedOff = failures.filter((run) => endings.some((each) => overlaps(run, each)));
  const found = [
    ...told.map((each) => withTries(each, failures)),
    ...untold.map(({ at, version }) => onlyInHistory(at, version, numbers[version] ?? null)),
    ...failures.filter((run) => !tries.includes(run)).map(failed),
    ...gaps
      .filter((gap) => !tries.some((run) => isPauseIn(run, gap)) && !backedOff.some((run) => isPauseWithin(run, gap)))
      .map(silent),
  ];
  return found.sort((a, b) => a.at - b.at);
}

/** Each wish together with what came of it, and one entry for what happened several times in a row. */
function joined(events: readonly FunctionEvent[], ranAtFirst: number | null): Happening[] {
  const found: Happening[] = [];
  let running = ranAtFirst;
  let wish: Wish | null = null;
  // Whoever wants what runs already gets it at once, and no event tells that it went live.
  const giveUp = () => {
    if (wish === null) return;
    const { version } = wish;
    const isLive = version === null || version === running;
    found.push({ ...spanOf(wish), kind: 'deploy', version, label: null, wish, isLive });
    wish = null;
  };
  const takeWish = (version: number | null): Wish | null => {
    if (wish === null || (wish.version !== null && wish.version !== version)) return null;
    const taken = wish;
    wish = null;
    return taken;
  };
  for (const event of events) {
    const last = found.at(-1);
    if (event.kind === 'deploy' || event.kind === 'roll-back') {
      giveUp();
      wish = event;
    } else if (event.kind === 'live') {
      const { version } = event;
      running = version;
      found.push({ ...spanOf(event), kind: 'deploy', version, label: null, wish: takeWish(version), isLive: true });
    } else if (event.kind === 'not-loaded') {
      const { version, message } = event;
      found.push({ ...spanOf(event), kind: 'not-loaded', version, message, tries: 1, wish: takeWish(version) });
    } else if (event.kind === 'restart' && last?.kind === 'restart' && last.reason === event.reason) {
      const { id: _id, at, count, ...rest } = event;
      found[found.length - 1] = { ...last, ...rest, at, count: last.count + count };
    } else found.push({ ...event, ...spanOf(event) });
  }
  giveUp();
  return found;
}

function spanOf({ id, at }: FunctionEvent): Span {
  return { key: id, from: at, at };
}

/** A version that no event tells of, since the function is older than its events. */
function onlyInHistory(at: number, label: string, version: number | null): Happening {
  return { key: `version ${at}`, from: at, at, kind: 'deploy', version, label, wish: null, isLive: true };
}

function failed(run: FailureRun): Happening {
  return { key: `failure ${run.from}`, from: run.from, at: run.to, kind: 'failure', run };
}

function silent({ from, to }: Gap): Happening {
  return { key: `gap ${from}`, from, at: to ?? STILL_GOING, kind: 'gap' };
}

/** While nothing else can run, each try to load is in the history as a failure. */
export function isTryOf(run: FailureRun, happening: Happening): boolean {
  return happening.kind === 'not-loaded' && run.message === happening.message && run.to >= happening.from;
}

/** What does not load is tried again after a while, and again after a longer one. */
function isPauseIn(run: FailureRun, { from, to }: Gap): boolean {
  return to === null ? from === run.to : isPauseWithin(run, { from, to });
}

function isPauseWithin(run: FailureRun, { from, to }: Gap): boolean {
  return to !== null && from >= run.from && to <= run.to && to - from <= LONGEST_PAUSE_MS;
}

/** Whether the function itself has ended its host, which is started again after a while, and then after a longer one. */
function isEnding(happening: Happening): boolean {
  return happening.kind === 'restart' && ENDING.has(happening.reason);
}

/** Of many restarts in a row not each is told, and each is told a moment after its tick. */
function overlaps(run: FailureRun, { from, at }: Happening): boolean {
  return from <= run.to + TOLD_WITHIN_MS && at >= run.from;
}

function withTries(happening: Happening, failures: readonly FailureRun[]): Happening {
  if (happening.kind !== 'not-loaded') return happening;
  const runs = failures.filter((run) => isTryOf(run, happening));
  const tries = Math.max(
    1,
    runs.reduce((sum, { count }) => sum + count, 0),
  );
  return { ...happening, tries, at: Math.max(happening.at, ...runs.map(({ to }) => to)) };
}
