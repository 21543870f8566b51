import type { Metadata } from 'next';
import { readStatus } from '#lib/status/read-status';
import { admitAdmin } from '../auth/admit.ts';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { pageWords } from '../language/page-language.ts';
import { RefreshEvery } from '../overview/refresh-every.tsx';
import { KeptPage } from '../ui/kept-page.tsx';
import { PulseLine } from '../ui/pulse-line.tsx';
import { AdminBar, EmptyAdmin } from './admin-bar.tsx';
import { FunctionsTable } from './functions-table.tsx';
import { loadFunctions } from './load-functions.ts';
import { NewFunction } from './new-function.tsx';
import { StatusStrip } from './status-strip.tsx';
import { adminWords } from './words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(adminWords)).admin };
}

const REFRESH_MS = 5_000;

export default async function Page() {
  return (
    <>
      <KeptPage empty={<EmptyAdmin />}>{await ifAvailable(readFunctions())}</KeptPage>
      <RefreshEvery ms={REFRESH_MS} />
    </>
  );
}

/** The operator's start: every function with its settings at hand. */
async function readFunctions() {
  const caller = await admitAdmin('/admin');
  const ctx = await getContext();
  const say = await pageWords(adminWords);
  const [functions, status] = await Promise.all([loadFunctions(ctx, caller), readStatus(ctx)]);
  return (
    <main id="content">
      <AdminBar>
        <NewFunction />
      </AdminBar>
      <StatusStrip status={status} functions={functions} />
      {functions.length === 0 ? (
        <section className="panel empty">
          <PulseLine />
          <h2>{say.noFunctions}</h2>
          <p className="sub">{say.createOne}</p>
        </section>
      ) : (
        <FunctionsTable functions={functions} />
      )}
    </main>
  );
}
