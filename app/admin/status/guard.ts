import type { SeenProcess } from '#lib/schemas/role';
import type { RedisFacts, StatusDetails } from '#lib/schemas/status';
import { hasFields, isFlag, isNumber, isText, listOf, oneOf, orNull } from '../../guards/checks.ts';

const isProcess = hasFields<SeenProcess>({
  role: oneOf('collector', 'functions', 'web', 'jobs'),
  instance: isText,
  host: isText,
  pid: isNumber,
  version: isText,
  node: isText,
  python: orNull(isText),
  startedAt: isNumber,
  memoryBytes: isNumber,
  load: orNull(isNumber),
  seenAt: isNumber,
  isAlive: isFlag,
});

const isRedis = hasFields<RedisFacts>({
  version: isText,
  uptimeMs: isNumber,
  latencyMs: isNumber,
  clients: isNumber,
  memoryBytes: isNumber,
  memoryLimitBytes: orNull(isNumber),
  eviction: isText,
  appendOnly: oneOf('off', 'ok', 'failing'),
  snapshot: hasFields<RedisFacts['snapshot']>({ ok: isFlag, at: isNumber, changesSince: isNumber }),
});

const isWorker = hasFields<StatusDetails['workers'][number]>({
  host: isText,
  pid: isNumber,
  executor: isText,
  tier: orNull(isText),
  missing: listOf(isText),
  languages: listOf(oneOf('python', 'node', 'bash')),
  concurrency: isNumber,
});

export const isStatusDetails = hasFields<StatusDetails>({
  now: isNumber,
  processes: listOf(isProcess),
  redis: isRedis,
  functions: hasFields<StatusDetails['functions']>({
    total: isNumber,
    counts: hasFields<StatusDetails['functions']['counts']>({
      failing: isNumber,
      stale: isNumber,
      waiting: isNumber,
      running: isNumber,
      disabled: isNumber,
    }),
    largestLag: orNull(
      hasFields<NonNullable<StatusDetails['functions']['largestLag']>>({ name: isText, lagMs: isNumber }),
    ),
  }),
  jobs: hasFields<StatusDetails['jobs']>({ waiting: isNumber, running: isNumber, ended: isNumber }),
  workers: listOf(isWorker),
});
