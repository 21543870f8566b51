type Props = {
  /** How wide its title will be. */
  title: number;
  rows: number;
};

/** A panel of which nothing is known yet, in the layout that it will have. */
export function EmptyPanel({ title, rows }: Props) {
  return (
    <section className="panel" aria-hidden="true">
      <div className="head">
        <span className="sk" style={{ width: title, height: 14 }} />
      </div>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty rows have no other identity.
        <div className="sk-row" key={index}>
          <span className="sk" style={{ width: '60%' }} />
        </div>
      ))}
    </section>
  );
}
