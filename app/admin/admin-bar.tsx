import type { ReactNode } from 'react';
import { EmptyPanel } from '../ui/empty-panel.tsx';
import { NavLink } from '../ui/nav-link.tsx';
import '../styles/admin.css';

/** The title of the administration, the way to its other pages, and what can be done on this one. */
export function AdminBar({ children }: { children?: ReactNode }) {
  return (
    <div className="bar">
      <h1>Admin</h1>
      <nav className="sect" aria-label="Administration">
        <NavLink href="/admin">Functions</NavLink>
        <NavLink href="/admin/users">Users</NavLink>
        <NavLink href="/admin/audit">Audit</NavLink>
      </nav>
      <div className="grow" />
      {children}
    </div>
  );
}

/** A page of the administration of which nothing can be read yet. */
export function EmptyAdmin() {
  return (
    <main id="content" aria-busy="true">
      <AdminBar />
      <p className="sr">Loading</p>
      <EmptyPanel title={80} rows={5} />
    </main>
  );
}
