'use client';

import type { RedisFacts } from '#lib/schemas/status';
import { useFormat, useWords } from '../../language/use-language.ts';
import type { Tone } from '../../ui/state-mark.tsx';
import { type Fact, FactsPanel } from './facts-panel.tsx';
import { redisWords } from './words.ts';

const KEPT = { ok: 'ok', failing: 'bad', off: 'warn' } as const satisfies Record<RedisFacts['appendOnly'], Tone>;

/** What Redis says of itself, and how far it can be relied on. */
export function RedisPanel({ redis, now }: { redis: RedisFacts; now: number }) {
  const say = useWords(redisWords);
  const { duration, bytes, span, age, whole } = useFormat();
  const { memoryBytes, memoryLimitBytes: limit, eviction, appendOnly, snapshot } = redis;
  const used = bytes(memoryBytes);
  const isKeeping = eviction === 'noeviction';
  const facts: Fact[] = [
    { name: say.version, value: redis.version },
    { name: say.upFor, value: span(redis.uptimeMs) },
    { name: say.latency, value: duration(redis.latencyMs) },
    { name: say.memory, value: limit === null ? say.unlimited(used) : say.memoryOf(used, bytes(limit)) },
    {
      name: say.atTheLimit,
      value: isKeeping ? say.refusesWrites : say.dropsKeys(eviction),
      tone: isKeeping ? 'ok' : 'warn',
    },
    { name: say.persistence, value: say.appendOnly[appendOnly], tone: KEPT[appendOnly] },
  ];
  if (!snapshot.ok) facts.push({ name: say.snapshot, value: say.snapshotFailed(age(now - snapshot.at)), tone: 'bad' });
  else if (appendOnly !== 'ok')
    facts.push({ name: say.snapshot, value: say.snapshotWas(age(now - snapshot.at), snapshot.changesSince) });
  facts.push({ name: say.connections, value: whole(redis.clients) });
  return <FactsPanel id="redis" title="Redis" facts={facts} />;
}
