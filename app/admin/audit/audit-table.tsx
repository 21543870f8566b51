import { Fragment } from 'react';
import type { AuditEntry } from '#lib/schemas/audit';
import { pageFormat, pageWords } from '../../language/page-language.ts';
import { LocalTime } from '../../ui/local-time.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { type Difference, differencesOf, type Shown } from './describe-change.ts';
import { auditWords } from './words.ts';

type Props = {
  entries: readonly AuditEntry[];
  /** Whoever came to see the change that made this revision finds it at once. */
  revision: number | undefined;
};

export async function AuditTable({ entries, revision }: Props) {
  const { columns, ...say } = await pageWords(auditWords);
  if (entries.length === 0) return <p className="none">{revision === undefined ? say.none : say.gone}</p>;
  const isAsked = (entry: AuditEntry) => revision !== undefined && entry.revision === revision;
  return (
    <ScrollRegion label={say.changes}>
      <table className="tbl lined" aria-labelledby="audit">
        <thead>
          <tr>
            <th scope="col">{columns.when}</th>
            <th scope="col">{columns.who}</th>
            <th scope="col">{columns.action}</th>
            <th scope="col">{columns.target}</th>
            <th scope="col" className="wide">
              {columns.change}
            </th>
            <th scope="col">{columns.from}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id} {...(isAsked(entry) ? { id: 'change', className: 'picked', 'aria-current': true } : {})}>
              <td>
                <LocalTime at={entry.at} style="moment" />
              </td>
              <td>
                {entry.name === null ? (
                  <span className="dim">{entry.action === 'session.refused' ? say.nobody : say.machine}</span>
                ) : (
                  <span translate="no">{entry.name}</span>
                )}
              </td>
              <td className={entry.action === 'session.refused' ? 'bad-t' : undefined}>{say.actions[entry.action]}</td>
              <td className="mono cut target" title={entry.target} translate="no">
                {entry.target}
              </td>
              <td className="change">
                {differencesOf(entry).map((difference, index) => (
                  <Fragment key={difference.name}>
                    {index > 0 && ', '}
                    <Changed {...difference} />
                  </Fragment>
                ))}
              </td>
              <td className="mono">{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

async function Changed({ name, before, after }: Difference) {
  const { members } = await pageWords(auditWords);
  const known = members[name];
  return (
    <span>
      {name !== '' && (
        <span className="dim" translate={known === undefined ? 'no' : undefined}>
          {known ?? name}{' '}
        </span>
      )}
      {before !== null && (
        <del>
          <Written value={before} />
        </del>
      )}
      {before !== null && after !== null && <span className="dim"> → </span>}
      {after !== null && (
        <ins>
          <Written value={after} />
        </ins>
      )}
    </span>
  );
}

async function Written({ value }: { value: Shown }) {
  const { decimal } = await pageFormat();
  if (typeof value === 'string') return <span translate="no">{value}</span>;
  return 'at' in value ? <LocalTime at={value.at} style="date" /> : `${decimal(value.ms / 1_000)} s`;
}
