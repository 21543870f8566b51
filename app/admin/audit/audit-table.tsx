import { Fragment } from 'react';
import type { AuditEntry } from '#lib/schemas/audit';
import { LocalTime } from '../../ui/local-time.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { ACTIONS, type Difference, differencesOf, type Shown } from './describe-change.ts';

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  if (entries.length === 0) return <p className="none">Nothing like this has been done.</p>;
  return (
    <ScrollRegion label="Changes">
      <table className="tbl lined" aria-labelledby="audit">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Action</th>
            <th scope="col">Target</th>
            <th scope="col" className="wide">
              Change
            </th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <LocalTime at={entry.at} style="moment" />
              </td>
              <td>{entry.name ?? <span className="dim">nobody</span>}</td>
              <td className={entry.action === 'session.refused' ? 'bad-t' : undefined}>{ACTIONS[entry.action]}</td>
              <td className="mono cut target" title={entry.target}>
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

function Changed({ name, before, after }: Difference) {
  return (
    <span>
      {name !== '' && <span className="dim">{name} </span>}
      {before !== null && <del>{written(before)}</del>}
      {before !== null && after !== null && <span className="dim"> → </span>}
      {after !== null && <ins>{written(after)}</ins>}
    </span>
  );
}

function written(value: Shown) {
  return typeof value === 'string' ? value : <LocalTime at={value.at} style="date" />;
}
