import type { Token } from '#lib/schemas/account';
import { LocalTime } from '../ui/local-time.tsx';
import { NewTokenForm } from './new-token-form.tsx';
import { RevokeToken } from './revoke-token.tsx';

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
        <div className="scroll">
          <table className="tbl lined" aria-labelledby="tokens">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Created</th>
                <th scope="col">Expires</th>
                <th scope="col">Last used</th>
                <th scope="col">
                  <span className="sr">Action</span>
                </th>
              </tr>
            </thead>
            <tbody>
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
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
