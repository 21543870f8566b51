import type { RolledTierName } from './schemas/history.ts';

/** Lifetimes in ms. */
export const lifetimes = {
  /** A runtime renews the lease of a function three times within it; another one takes over when it has run out. */
  lease: 10_000,
  /** A runtime says three times within it that it declares a function. */
  declarer: 30_000,
  /** A collector that writes seldom says less often that it is there. */
  collector: 15_000,
  /** A version's text that is written in parts is whole by then. */
  unfinishedCode: 600_000,
  /** Whoever tries code waits this long, from the moment when it is asked for; nothing of a try is kept for longer. */
  try: 30_000,
  /** A runtime that has taken a try says three times within it that it is at it. */
  takenTry: 4_000,
  /** A function that nobody has run for this long is forgotten, with its history. */
  function: 30 * 24 * 3_600_000,
  /** A session that is not used for this long ends. */
  sessionIdle: 7 * 24 * 3_600_000,
  /** A session ends at this age, however much it is used. */
  session: 30 * 24 * 3_600_000,
  /** In which failed sign-ins are counted. */
  attempts: 15 * 60_000,
  /** In which a request with the same `Idempotency-Key` has the same answer. */
  idempotency: 24 * 3_600_000,
  /** The longest that such a request can take. */
  idempotentWork: 150_000,
  /** An address from which an account signed in is known for this long. */
  knownAddress: 30 * 24 * 3_600_000,
  /** A process says several times within it that it plays its role; then it counts as gone. */
  roleProcess: 7_000,
  /** One that has gone without a word is remembered this long. */
  goneProcess: 10 * 60_000,
  /** A worker that runs jobs says that it is there several times within it. */
  jobWorker: 10_000,
  /** A job is submitted once under one key within it. */
  jobSubmission: 24 * 3_600_000,
  /** After so long without a new entry it is forgotten which entries of the audit have a place of their own. */
  auditPlace: 90 * 24 * 3_600_000,
  /** Refusals of one user's jobs are one entry of the audit within it. */
  refusalTold: 10 * 60_000,
} as const;

/** How a message on a function's live channel starts: `result <id>\n<json>`, `state\n<json>`, or `event\n` for something to read. */
export const liveMessage = { result: 'result', state: 'state', event: 'event' } as const;

/**
 * Every Redis key and channel that Vigia owns. The keys of one function share the hash tag `{name}`; the users'
 * input and output keys are plain strings without the prefix.
 */
export function keysFor(prefix: string) {
  return {
    /** Hash of all functions: name → revision of its record. */
    registry: `${prefix}registry`,
    /** The newest revision of any record. */
    revision: `${prefix}revision`,
    /** Nothing is ever there: whether Redis takes writes is asked with it. */
    never: `${prefix}never`,
    /** Channel: the name of a function whose record has changed, or that a runtime has let go. */
    registryChanged: `${prefix}registry-changed`,
    /** JSON {@link FunctionRecord}: what is wanted of the function. */
    record: (name: string) => `${prefix}{${name}}:record`,
    /** Hash: number → JSON {@link CodeVersion} without its number; `last` → the newest number. */
    versions: (name: string) => `${prefix}{${name}}:versions`,
    /** Hash: what makes a version the same → its number. */
    versionsByContent: (name: string) => `${prefix}{${name}}:versions-by-content`,
    /** Hash: number → JSON {@link VersionOutcome}. */
    versionOutcomes: (name: string) => `${prefix}{${name}}:version-outcomes`,
    /** Hash: 0, 1, 2 … → the parts of a version's text. */
    code: (name: string, sha256: string) => `${prefix}{${name}}:code:${sha256}`,
    /** JSON {@link FunctionState}. */
    functionState: (name: string) => `${prefix}{${name}}:state`,
    /** The newest snapshot of the function's `env`, as its host wrote it: JSON that names its language and format. */
    functionEnv: (name: string) => `${prefix}{${name}}:env`,
    /** The host of a runtime whose environment declares the function; expires. */
    declarer: (name: string) => `${prefix}{${name}}:declarer`,
    /** `<fencing token> <JSON Holder>` of the runtime that runs the function; expires. */
    lease: (name: string) => `${prefix}{${name}}:lease`,
    /** The newest fencing token. */
    fence: (name: string) => `${prefix}{${name}}:fence`,
    /** Stream with one entry an invocation: fields `i d l v` and `r` (result text) or `e` (failure). */
    history: (name: string) => `${prefix}{${name}}:history`,
    /** Stream with one entry for each bucket of a rolled-up tier; the id is the bucket's start. */
    historyTier: (name: string, tier: RolledTierName) => `${prefix}{${name}}:history:${tier}`,
    /** Sorted set of the lists of series names that a tier's entries refer to, by the newest bucket that does. */
    tierSeries: (name: string, tier: RolledTierName) => `${prefix}{${name}}:history:${tier}:series`,
    /** Stream with one entry for each invocation: its record, with what it printed. */
    invocations: (name: string) => `${prefix}{${name}}:invocations`,
    /** Stream with the input and result text of the newest invocations, under the ids of their records. */
    invocationTexts: (name: string) => `${prefix}{${name}}:invocation-texts`,
    /** Stream of what happened beside the invocations; the field `e` is a JSON {@link NewEvent}. */
    events: (name: string) => `${prefix}{${name}}:events`,
    /** Channel: one message for each history entry, each change of state and each event. */
    live: (name: string) => `${prefix}{${name}}:live`,
    /** JSON `collectorState` of whoever writes this input key; expires. */
    collector: (inputKey: string) => `${prefix}collector:${inputKey}`,
    /** Channel: the name of an input key that the collector has just written. */
    inputWritten: `${prefix}input-written`,
    /** Stream of who changed what; the field `e` is a JSON `AuditEntry` without id and time. */
    audit: `${prefix}audit`,
    /** Lists of the ids of those entries that may only push out others like them; they expire. */
    auditRefusals: `${prefix}audit:refusals`,
    auditOfAccount: (uid: number) => `${prefix}audit:of:${uid}`,
    /** The answer to a request that must have its effect once, under a hash of the caller's key; expires. */
    idempotency: (uid: number, hash: string) => `${prefix}idempotency:${uid}:${hash}`,
    processes: processKeys(`${prefix}{@processes}:`),
    tries: tryKeys(`${prefix}{@tries}:`),
    accounts: accountKeys(`${prefix}{@accounts}:`),
    jobs: jobKeys(`${prefix}{@jobs}:`),
  };
}

/** The processes that play roles. They share one hash tag, which is no function's name. */
function processKeys(prefix: string) {
  return {
    /** Hash: instance → JSON {@link RoleProcess}; expires. */
    said: `${prefix}said`,
    /** Sorted set of the instances by when they last said that they are there; expires. */
    seen: `${prefix}seen`,
  };
}

/** They share one hash tag, which no function's name can be, because each step of a job touches several. */
function jobKeys(prefix: string) {
  const jobPrefix = `${prefix}job:`;
  const outputPrefix = `${prefix}output:`;
  const changedPrefix = `${prefix}changed:`;
  return {
    /** The number of the newest job. */
    lastId: `${prefix}last-id`,
    /** Hash `jobRecord`, with the script. */
    job: (id: number) => `${jobPrefix}${id}`,
    jobPrefix,
    /** Stream of what a job has written: fields `stdout` and `stderr`, in order and as often as need be. */
    output: (id: number) => `${outputPrefix}${id}`,
    outputPrefix,
    /** Channel: something about a job is another than before. */
    changed: (id: number) => `${changedPrefix}${id}`,
    changedPrefix,
    /** Sorted set of the ids of all jobs, by themselves. */
    all: `${prefix}all`,
    /** The same for one user. */
    ofUserPrefix: `${prefix}of-user:`,
    /** List of the users who have waiting jobs; the first one's turn is next. */
    turns: `${prefix}turns`,
    /** `<uid>:<language>`: sorted set of the ids of a user's waiting jobs in that language, by themselves. */
    waitingPrefix: `${prefix}waiting:`,
    /** Hash: uid → bytes of code and input that wait. */
    waitingBytes: `${prefix}waiting-bytes`,
    /** Sorted set of the ids of running jobs, by how many looks in a row found no sign of their worker. */
    running: `${prefix}running`,
    /** Hash: uid → how many of their jobs run. */
    runningOf: `${prefix}running-of`,
    /** Hash: run → id of the job that was given to it. */
    runs: `${prefix}runs`,
    /** There when somebody has just looked for jobs whose worker is gone; expires. */
    looked: `${prefix}looked`,
    /** Sorted set of the ids of jobs that have ended, by when. */
    ended: `${prefix}ended`,
    /** Bytes of code, input and output of all jobs that have ended. */
    endedBytes: `${prefix}ended-bytes`,
    /** `<uid>`: sorted set of the ids of a user's jobs that have ended, by when. */
    endedOfPrefix: `${prefix}ended-of:`,
    /** Sorted sets of the users who have such jobs: by how many they are, and by their bytes. */
    endedCountOf: `${prefix}ended-count-of`,
    endedBytesOf: `${prefix}ended-bytes-of`,
    /** Sorted set of those that have ended in an error, by when; `<uid>`: of one user. */
    failed: `${prefix}failed`,
    failedOfPrefix: `${prefix}failed-of:`,
    /** `<id> <fingerprint>` of what was submitted under a client's key; expires. */
    submittedPrefix: `${prefix}submitted:`,
    /** Sorted set of JSON {@link JobWorker}, by when each last said that it is there. */
    workers: `${prefix}workers`,
    /** Channel: the id of a running job that somebody wants to end. */
    cancelled: `${prefix}cancelled`,
    /** Channel: `<id> <uid>` of a job that is new, in another state, or no longer kept. */
    movedChannel: `${prefix}moved`,
    /** There when the audit has lately been told that a user's jobs are refused; expires. */
    refusalTold: (uid: number) => `${prefix}refusal-told:${uid}`,
    /** The names of BullMQ's queues, one for workers with the same languages, and what stands before one and a colon in its keys. */
    permits: {
      queue: (languages: readonly string[]) => ['permits', ...languages.toSorted()].join('-'),
      prefix: prefix.slice(0, -1),
    },
  };
}

/** Code that is to be run once: what is asked for, and the answers. They share one hash tag, which is no function's name. */
function tryKeys(prefix: string) {
  const requestPrefix = `${prefix}request:`;
  const takenPrefix = `${prefix}taken:`;
  return {
    /** Channel: something is waiting. Each runtime that can take it listens. */
    asked: `${prefix}asked`,
    /** List of the ids of what nobody has taken yet, the newest first. */
    waiting: `${prefix}waiting`,
    /** Hash: `body`, JSON {@link TryRequest}, and `input`, the text to call it with; gone when it is taken. */
    request: (id: string) => `${requestPrefix}${id}`,
    requestPrefix,
    /** Hash: 0, 1, 2 … → the parts of the code that was handed in. */
    code: (id: string) => `${prefix}code:${id}`,
    /** There while a runtime is at it and somebody waits for the answer. */
    taken: (id: string) => `${takenPrefix}${id}`,
    takenPrefix,
    /** JSON {@link TryRun}. */
    answer: (id: string) => `${prefix}answer:${id}`,
  };
}

/** They share one hash tag, which no function's name can be, because what concerns several changes in one step. */
function accountKeys(prefix: string) {
  const userPrefix = `${prefix}user:`;
  const user = (uid: number) => `${userPrefix}${uid}`;
  return {
    /** The highest uid that was ever given; there since the first admin. */
    lastUid: `${prefix}last-uid`,
    /** Hash: login name in lower case → uid. */
    names: `${prefix}names`,
    /** Set of the uids of the admins that are not disabled. */
    admins: `${prefix}admins`,
    /** Hash `userRecord`. */
    user,
    userPrefix,
    /** Sorted set of the ids of a user's sessions, by when they were last seen. */
    sessions: (uid: number) => `${user(uid)}:sessions`,
    /** Sorted set of the ids of a user's tokens, by when they were made. */
    tokens: (uid: number) => `${user(uid)}:tokens`,
    /** Hash `sessionRecord`; expires. The id is the SHA-256 of what the browser holds. */
    session: (id: string) => `${prefix}session:${id}`,
    /** Hash `tokenRecord`; expires when the token does. The id is the SHA-256 of the token. */
    token: (id: string) => `${prefix}token:${id}`,
    /** How often sign-in failed lately for an account, from an address or for both together; expires. */
    attempts: (counted: string) => `${prefix}attempts:${counted}`,
    /** There when an account signed in from an address lately; expires. */
    knownAddress: (account: string, address: string) => `${prefix}known:${account}:${address}`,
    /** Channel: JSON `credentialEnding`. */
    endings: `${prefix}endings`,
  };
}

export type Keys = ReturnType<typeof keysFor>;
