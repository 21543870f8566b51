import type { ReactNode } from 'react';
import { NavLink } from '../ui/nav-link.tsx';
import '../styles/admin.css';

/** The title of a page of administration, the way to the others, and what can be done here. */
export function AdminBar({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="bar">
      <h1>{title}</h1>
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
