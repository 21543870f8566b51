'use client';

import type { StatusDetails } from '#lib/schemas/status';
import { useFormat, useWords } from '../../language/use-language.ts';
import { type Fact, FactsList } from './facts-panel.tsx';
import { sandboxWords } from './words.ts';

type Worker = StatusDetails['workers'][number];

/** How each worker confines jobs, and what it misses to do it better. */
export function SandboxPanel({ workers }: { workers: readonly Worker[] }) {
  const say = useWords(sandboxWords);
  return (
    <section className="panel" aria-labelledby="sandbox">
      <div className="head">
        <h2 id="sandbox">{say.title}</h2>
      </div>
      {workers.length === 0 && <p className="none">{say.noWorker}</p>}
      {workers.map((worker) => (
        <WorkerFacts key={`${worker.host} ${worker.pid}`} worker={worker} />
      ))}
    </section>
  );
}

function WorkerFacts({ worker }: { worker: Worker }) {
  const say = useWords(sandboxWords);
  const { whole } = useFormat();
  const { host, pid, tier, languages, concurrency, missing } = worker;
  const facts: Fact[] = [{ name: say.confinedBy, ...confinement(tier, say) }];
  if (tier !== null) {
    facts.push(
      { name: say.languages, value: languages.join(', '), isName: true },
      { name: say.atOnce, value: whole(concurrency) },
    );
  }
  if (missing.length === 0) facts.push({ name: say.whatIsMissing, value: say.nothing });
  return (
    <div className="status-worker">
      <h3 className="mono" translate="no">
        {host} <span className="dim">{pid}</span>
      </h3>
      <FactsList facts={facts} />
      {missing.length > 0 && (
        <>
          <p className="dim">{say.whatIsMissing}</p>
          <ul className="mono" translate="no" lang="en">
            {missing.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function confinement(tier: string | null, say: (typeof sandboxWords)['en']): Omit<Fact, 'name'> {
  if (tier === null) return { value: say.refuses, tone: 'bad' };
  return tier === 'none' ? { value: say.notConfined, tone: 'warn' } : { value: tier, tone: 'ok', isName: true };
}
