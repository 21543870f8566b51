import type { ProgramStatus } from '#lib/schemas/status';
import { span } from '../format/age.ts';
import { counted, duration, figureOf } from '../format/number.ts';
import { inWords, MISSING } from '../format/numbers.ts';
import { StateShape, type Tone } from '../ui/state-mark.tsx';
import type { ListedFunction } from './load-functions.ts';

type Fact = { label: string; value: string; tone: Tone; more: string };

/** How the program is, at a glance. */
export function StatusStrip({ status, functions }: { status: ProgramStatus; functions: readonly ListedFunction[] }) {
  return (
    <section className="panel strip" aria-label="Status">
      {factsOf(status, functions).map(({ label, value, tone, more }) => (
        <div key={label}>
          <h2 className="lab">{label}</h2>
          <p className="row">
            <span className={`state ${tone}`}>
              <StateShape tone={tone} />
            </span>
            <b>{value}</b>
          </p>
          <p className="small dim">{more}</p>
        </div>
      ))}
    </section>
  );
}

function factsOf(
  { version, uptimeSeconds, redis, roles }: ProgramStatus,
  functions: readonly ListedFunction[],
): Fact[] {
  const needed = functions.filter(({ settings }) => settings.enabled);
  const troubled = needed.filter(({ status }) => ['crashing', 'failing', 'stale'].includes(status));
  const lags = needed.flatMap(({ newest }) => (newest === null ? [] : [newest.lagMs]));
  const runtimes = roles?.functions ?? 0;
  const hasCollector = roles?.collector ?? false;
  return [
    {
      label: 'Functions',
      value:
        troubled.length === 0 ? `${needed.length} of ${functions.length} enabled` : `${troubled.length} in trouble`,
      tone: troubled.length === 0 ? 'ok' : 'bad',
      more: lags.length === 0 ? 'none has run yet' : `largest lag ${duration(Math.max(...lags))}`,
    },
    {
      label: 'Runtimes',
      value: runtimes === 0 ? 'None' : counted(runtimes, 'process', 'processes'),
      tone: runtimes > 0 ? 'ok' : needed.length === 0 ? 'idle' : 'bad',
      more: runtimes === 0 ? 'nothing runs the functions' : runtimes === 1 ? 'runs the functions' : 'run the functions',
    },
    {
      label: 'Collector',
      value: hasCollector ? 'Writing' : 'None',
      tone: hasCollector ? 'ok' : 'idle',
      more: hasCollector ? "a machine's metrics come in" : 'input keys are left to others',
    },
    {
      label: 'Redis',
      value: redis.ok ? 'Answers' : 'Does not answer',
      tone: redis.ok ? 'ok' : 'bad',
      more: redis.ok
        ? `in ${redis.latencyMs === null ? MISSING : duration(redis.latencyMs)}, ${inWords(figureOf(redis.memoryBytes, 'bytes'))} used`
        : 'pages show what they have',
    },
    {
      label: 'Web',
      value: `Vigia ${version}`,
      tone: 'ok',
      more: `up for ${span(uptimeSeconds * 1_000)}, Node ${process.versions.node}`,
    },
  ];
}
