import type { Token } from '#lib/schemas/account';
import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { NewTokenForm } from './new-token-form.tsx';
import { RevokeToken } from './revoke-token.tsx';
import { accountWords } from './words.tsx';

/** API tokens: they act for the account until they expire or are revoked. */
export async function TokensPanel({ tokens }: { tokens: readonly Token[] }) {
  const say = await pageWords(accountWords);
  const common = await pageWords(commonWords);
  const columns: Column[] = [
    { title: common.name },
    { title: say.created },
    { title: say.expires },
    { title: say.lastUsed },
    { title: say.action, isSilent: true },
  ];
  return (
    <section className="panel" aria-labelledby="tokens">
      <div className="head">
        <h2 id="tokens">{say.tokens}</h2>
        <span className="small dim">{say.aboutTokens}</span>
      </div>
      <NewTokenForm />
      {tokens.length === 0 ? (
        <p className="none">{say.noTokens}</p>
      ) : (
        <DataTable labelledBy="tokens" columns={columns} className="lined">
          {tokens.map(({ id, name, createdAt, expiresAt, lastUsedAt }) => (
            <tr key={id}>
              <td className="cut" title={name} translate="no">
                {name}
              </td>
              <td>
                <LocalTime at={createdAt} style="date" />
              </td>
              <td>{expiresAt === null ? say.never : <LocalTime at={expiresAt} style="date" />}</td>
              <td>{lastUsedAt === null ? say.notYet : <LocalTime at={lastUsedAt} style="day" />}</td>
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
