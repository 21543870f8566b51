import type { Metadata } from 'next';
import Link from 'next/link';
import { type AuditQuery, listAudit } from '#lib/audit/list-audit';
import { listUsers } from '#lib/auth/list-users';
import { admitAdmin } from '../../auth/admit.ts';
import { getContext } from '../../context.ts';
import { ifAvailable } from '../../if-available.ts';
import { pageWords } from '../../language/page-language.ts';
import { KeptPage } from '../../ui/kept-page.tsx';
import { AdminBar, EmptyAdmin } from '../admin-bar.tsx';
import { AuditTable } from './audit-table.tsx';
import { AuditFilter } from './filter.tsx';
import { auditPath, PAGE, parseAuditQuery } from './query.ts';
import { auditWords } from './words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(auditWords)).audit };
}

export default async function Page({ searchParams }: PageProps<'/admin/audit'>) {
  const query = parseAuditQuery(await searchParams);
  return <KeptPage empty={<EmptyAdmin />}>{await ifAvailable(readAudit(query))}</KeptPage>;
}

/** Who changed what, from what to what, when and from where. */
async function readAudit(query: AuditQuery) {
  const caller = await admitAdmin(auditPath(query, query));
  const ctx = await getContext();
  const [entries, users] = await Promise.all([listAudit(ctx, caller, query), listUsers(ctx, caller)]);
  const say = await pageWords(auditWords);
  const oldest = entries.length === PAGE ? entries.at(-1)?.id : undefined;
  return (
    <main id="content">
      <AdminBar />
      <section className="panel" aria-labelledby="audit">
        <div className="head">
          <h2 id="audit">{say.audit}</h2>
          <span className="small dim">{say.about}</span>
        </div>
        <AuditFilter query={query} users={users} />
        <AuditTable entries={entries} revision={query.revision} />
        <nav className="foot" aria-label={say.pages}>
          <div className="grow" />
          {(query.before ?? query.revision) !== undefined && (
            <Link className="btn quiet" href={auditPath(query)} prefetch={false}>
              {say.newest}
            </Link>
          )}
          {oldest === undefined ? (
            <span className="small dim">{say.all}</span>
          ) : (
            <Link className="btn" href={auditPath(query, { before: oldest })} prefetch={false}>
              {say.older}
            </Link>
          )}
        </nav>
      </section>
    </main>
  );
}
