import type { Metadata } from 'next';
import { listUsers } from '#lib/auth/list-users';
import { admitAdmin } from '../../auth/admit.ts';
import { getContext } from '../../context.ts';
import { ifAvailable } from '../../if-available.ts';
import { pageWords } from '../../language/page-language.ts';
import { KeptPage } from '../../ui/kept-page.tsx';
import { AdminBar, EmptyAdmin } from '../admin-bar.tsx';
import { NewUser } from './new-user.tsx';
import { UsersTable } from './users-table.tsx';
import { usersWords } from './words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(usersWords)).users };
}

export default async function Page() {
  return <KeptPage empty={<EmptyAdmin />}>{await ifAvailable(readUsers())}</KeptPage>;
}

async function readUsers() {
  const caller = await admitAdmin('/admin/users');
  const users = await listUsers(await getContext(), caller);
  return (
    <main id="content">
      <AdminBar>
        <NewUser />
      </AdminBar>
      <UsersTable users={users} ownUid={caller.uid} />
    </main>
  );
}
