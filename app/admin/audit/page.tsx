import type { Metadata } from 'next';
import Link from 'next/link';
import { type AuditQuery, listAudit } from '#lib/audit/list-audit';
import { listUsers } from '#lib/auth/list-users';
import { admitAdmin } from '../../auth/admit.ts';
import { getContext } from '../../context.ts';
import { ifAvailable } from '../../if-available.ts';
import { KeptPage } from '../../ui/kept-page.tsx';
import { AdminBar, EmptyAdmin } from '../admin-bar.tsx';
import { AuditTable } from './audit-table.tsx';
import { AuditFilter } from './filter.tsx';
import { auditPath, PAGE, parseAuditQuery } from './query.ts';

export const metadata: Metadata = { title: 'Audit' };

export default async function Page({ searchParams }: PageProps<'/admin/audit'>) {
  const query = parseAuditQuery(await searchParams);
  return <KeptPage empty={<EmptyAdmin />}>{await ifAvailable(readAudit(query))}</KeptPage>;
}

/** Who changed what, from what to what, when and from where. */
async function readAudit(query: AuditQuery) {
  const caller = await admitAdmin(auditPath(query, query.before));
  const ctx = await getContext();
  const [entries, users] = await Promise.all([listAudit(ctx, caller, query), listUsers(ctx, caller)]);
  const oldest = entries.length === PAGE ? entries.at(-1)?.id : undefined;
  return (
    <main id="content">
      <AdminBar />
      <section className="panel" aria-labelledby="audit">
        <div className="head">
          <h2 id="audit">Audit</h2>
          <span className="small dim">The newest first. Some 10,000 entries are kept.</span>
        </div>
        <AuditFilter query={query} users={users} />
        <AuditTable entries={entries} />
        <nav className="foot" aria-label="Pages">
          <div className="grow" />
          {query.before !== undefined && (
            <Link className="btn quiet" href={auditPath(query)} prefetch={false}>
              Newest
            </Link>
          )}
          {oldest === undefined ? (
            <span className="small dim">That is all.</span>
          ) : (
            <Link className="btn" href={auditPath(query, oldest)} prefetch={false}>
              Older
            </Link>
          )}
        </nav>
      </section>
    </main>
  );
}
