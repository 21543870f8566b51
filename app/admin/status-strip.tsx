import type { ProgramStatus } from '#lib/schemas/status';
import type { Format } from '../format/format-for.ts';
import { inWords, MISSING } from '../format/numbers.ts';
import { commonWords } from '../language/common-words.ts';
import { pageFormat, pageWords } from '../language/page-language.ts';
import type { ListedFunction } from './load-functions.ts';
import { Strip, type StripFact } from './strip.tsx';
import { adminWords } from './words.ts';

type Tongue = Format & (typeof adminWords)['en'] & { functions: string };

/** How the program is, at a glance. */
export async function StatusStrip({
  status,
  functions,
}: {
  status: ProgramStatus;
  functions: readonly ListedFunction[];
}) {
  const say = await pageWords(adminWords);
  const tongue = { ...say, functions: (await pageWords(commonWords)).functions, ...(await pageFormat()) };
  return <Strip label={say.status} facts={factsOf(status, functions, tongue)} />;
}

function factsOf(
  { version, uptimeSeconds, redis, roles }: ProgramStatus,
  functions: readonly ListedFunction[],
  { duration, figure, span, ...say }: Tongue,
): StripFact[] {
  const needed = functions.filter(({ settings }) => settings.enabled);
  const troubled = needed.filter(({ status }) => ['crashing', 'failing', 'stale'].includes(status));
  const lags = needed.flatMap(({ newest }) => (newest === null ? [] : [newest.lagMs]));
  const runtimes = roles?.functions ?? 0;
  const hasCollector = (roles?.collector ?? 0) > 0;
  return [
    {
      label: say.functions,
      value: troubled.length === 0 ? say.enabledOf(needed.length, functions.length) : say.inTrouble(troubled.length),
      tone: troubled.length === 0 ? 'ok' : 'bad',
      more: lags.length === 0 ? say.noneHasRun : say.largestLag(duration(Math.max(...lags))),
    },
    {
      label: say.runtimes,
      value: runtimes === 0 ? say.none : say.processes(runtimes),
      tone: runtimes > 0 ? 'ok' : needed.length === 0 ? 'idle' : 'bad',
      more: runtimes === 0 ? say.nothingRuns : say.run(runtimes),
    },
    {
      label: say.collector,
      value: hasCollector ? say.writing : say.none,
      tone: hasCollector ? 'ok' : 'idle',
      more: hasCollector ? say.comesIn : say.leftToOthers,
    },
    {
      label: 'Redis',
      value: redis.ok ? say.answers : say.doesNotAnswer,
      tone: redis.ok ? 'ok' : 'bad',
      more: redis.ok
        ? say.latency(
            redis.latencyMs === null ? MISSING : duration(redis.latencyMs),
            inWords(figure(redis.memoryBytes, 'bytes')),
          )
        : say.showWhatTheyHave,
    },
    {
      label: say.web,
      value: `Vigia ${version}`,
      tone: 'ok',
      more: say.upFor(span(uptimeSeconds * 1_000), process.versions.node),
    },
  ];
}
