import type { Token } from '#lib/schemas/account';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { NewTokenForm } from './new-token-form.tsx';
import { RevokeToken } from './revoke-token.tsx';

const COLUMNS: readonly Column[] = [
  { title: 'Name' },
  { title: 'Created' },
  { title: 'Expires' },
  { title: 'Last used' },
  { title: 'Action', isSilent: true },
];

/** API tokens: they act for the account until they expire or are revoked. */
export function TokensPanel({ tokens }: { tokens: readonly Token[] }) {
  return (
    <section className="panel" aria-labelledby="tokens">
      <div className="head">
        <h2 id="tokens">API tokens</h2>
        <span className="small dim">
          For scripts: <code>Authorization: Bearer …</code>. A token may do what you may.
        </span>
      </div>
      <NewTokenForm />
      {tokens.length === 0 ? (
        <p className="none">No tokens. Create one to use the API from a script.</p>
      ) : (
        <DataTable labelledBy="tokens" columns={COLUMNS} className="lined">
          {tokens.map(({ id, name, createdAt, expiresAt, lastUsedAt }) => (
            <tr key={id}>
              <td className="cut" title={name}>
                {name}
              </td>
              <td>
                <LocalTime at={createdAt} style="date" />
              </td>
              <td>{expiresAt === null ? 'never' : <LocalTime at={expiresAt} style="date" />}</td>
              <td>{lastUsedAt === null ? 'not yet' : <LocalTime at={lastUsedAt} style="day" />}</td>
              <td className="act">
                <RevokeToken id={id} name={name} />
              </td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  );
}
