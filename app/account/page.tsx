import type { Metadata } from 'next';
import { listSessions } from '#lib/auth/list-sessions';
import { listTokens } from '#lib/auth/list-tokens';
import { admitUser } from '../auth/admit.ts';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { EmptyPanel } from '../ui/empty-panel.tsx';
import { KeptPage } from '../ui/kept-page.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import { TokensPanel } from './tokens-panel.tsx';
import '../styles/admin.css';
import { accountWords } from './words.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(commonWords)).account };
}

export default async function Page() {
  return <KeptPage empty={<EmptyAccount />}>{await ifAvailable(readAccount())}</KeptPage>;
}

/** What is one's own: password, sessions, API tokens. */
async function readAccount() {
  const caller = await admitUser('/account');
  const ctx = await getContext();
  const { uid, name, role } = caller;
  const [sessions, tokens] = await Promise.all([listSessions(ctx, caller, { uid }), listTokens(ctx, caller, { uid })]);
  const say = await pageWords(accountWords);
  const common = await pageWords(commonWords);
  return (
    <main id="content">
      <div className="bar">
        <h1>{common.account}</h1>
        <span className="sub">
          <span translate="no">{name}</span>, {say.uid(uid)}
        </span>
        <span className="tag">{common[role]}</span>
      </div>
      <div className="aside">
        <div className="stack">
          <SessionsPanel sessions={sessions} />
          <TokensPanel tokens={tokens} />
        </div>
        <PasswordPanel name={name} tokens={tokens.length} />
      </div>
    </main>
  );
}

async function EmptyAccount() {
  const { account, loading } = await pageWords(commonWords);
  return (
    <main id="content" aria-busy="true">
      <div className="bar">
        <h1>{account}</h1>
      </div>
      <p className="sr">{loading}</p>
      <div className="aside">
        <EmptyPanel title={60} rows={3} />
        <EmptyPanel title={60} rows={3} />
      </div>
    </main>
  );
}
