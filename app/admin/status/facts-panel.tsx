import { StateShape, type Tone } from '../../ui/state-mark.tsx';

export type Fact = {
  name: string;
  value: string;
  /** How good it is, where that can be said. */
  tone?: Tone;
  /** Its value is a name, which is the same in every language. */
  isName?: true;
};

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
      {facts.map(({ name, value, tone, isName }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd translate={isName ? 'no' : undefined}>
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
