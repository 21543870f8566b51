import { StateShape, type Tone } from '../../ui/state-mark.tsx';

/** `tone`: how good it is, where that can be said. */
export type Fact = { name: string; value: string; tone?: Tone };

/** A few facts under a title. */
export function FactsPanel({ id, title, facts }: { id: string; title: string; facts: readonly Fact[] }) {
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
      </div>
      <FactsList facts={facts} />
    </section>
  );
}

export function FactsList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="status-facts">
      {facts.map(({ name, value, tone }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {tone === undefined ? (
              value
            ) : (
              <span className={`state ${tone}`}>
                <StateShape tone={tone} />
                {value}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
