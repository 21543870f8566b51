import type { Metadata } from 'next';
import { readStatus } from '#lib/status/read-status';
import { admitAdmin } from '../auth/admit.ts';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { RefreshEvery } from '../overview/refresh-every.tsx';
import { KeptPage } from '../ui/kept-page.tsx';
import { PulseLine } from '../ui/pulse-line.tsx';
import { AdminBar, EmptyAdmin } from './admin-bar.tsx';
import { FunctionsTable } from './functions-table.tsx';
import { loadFunctions } from './load-functions.ts';
import { NewFunction } from './new-function.tsx';
import { StatusStrip } from './status-strip.tsx';

export const metadata: Metadata = { title: 'Admin' };

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
          <h2>No functions</h2>
          <p className="sub">Create one here, or start a runtime: it declares the one of its environment.</p>
        </section>
      ) : (
        <FunctionsTable functions={functions} />
      )}
    </main>
  );
}
