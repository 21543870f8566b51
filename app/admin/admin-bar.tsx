import type { ReactNode } from 'react';
import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { EmptyPanel } from '../ui/empty-panel.tsx';
import { NavLink } from '../ui/nav-link.tsx';
import '../styles/admin.css';
import { adminWords } from './words.ts';

/** The title of the administration, the way to its other pages, and what can be done on this one. */
export async function AdminBar({ children }: { children?: ReactNode }) {
  const say = await pageWords(adminWords);
  const { functions } = await pageWords(commonWords);
  return (
    <div className="bar">
      <h1>{say.admin}</h1>
      <nav className="sect" aria-label={say.administration}>
        <NavLink href="/admin">{functions}</NavLink>
        <NavLink href="/admin/users">{say.users}</NavLink>
        <NavLink href="/admin/audit">{say.audit}</NavLink>
        <NavLink href="/admin/status">{say.status}</NavLink>
      </nav>
      <div className="grow" />
      {children}
    </div>
  );
}

/** A page of the administration of which nothing can be read yet. */
export async function EmptyAdmin() {
  const { loading } = await pageWords(commonWords);
  return (
    <main id="content" aria-busy="true">
      <AdminBar />
      <p className="sr">{loading}</p>
      <EmptyPanel title={80} rows={5} />
    </main>
  );
}
