import { StateShape, type Tone } from '../ui/state-mark.tsx';

export type StripFact = { label: string; value: string; tone: Tone; more: string };

/** A few facts side by side, each with how good it is. */
export function Strip({ label, facts }: { label: string; facts: readonly StripFact[] }) {
  return (
    <section className="panel strip" aria-label={label}>
      {facts.map(({ label: name, value, tone, more }) => (
        <div key={name}>
          <h2 className="lab">{name}</h2>
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
