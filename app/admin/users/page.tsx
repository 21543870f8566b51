import type { Metadata } from 'next';
import { listUsers } from '#lib/auth/list-users';
import { admitAdmin } from '../../auth/admit.ts';
import { getContext } from '../../context.ts';
import { AdminBar } from '../admin-bar.tsx';
import { NewUser } from './new-user.tsx';
import { UsersTable } from './users-table.tsx';

export const metadata: Metadata = { title: 'Users' };

export default async function Page() {
  const caller = await admitAdmin('/admin/users');
  const users = await listUsers(await getContext(), caller);
  return (
    <main id="content">
      <AdminBar title="Admin">
        <NewUser />
      </AdminBar>
      <UsersTable users={users} ownUid={caller.uid} />
    </main>
  );
}
