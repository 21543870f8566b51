import type { Metadata } from 'next';
import { readStatusDetails } from '#lib/status/read-status-details';
import { admitAdmin } from '../../auth/admit.ts';
import { getContext } from '../../context.ts';
import { ifAvailable } from '../../if-available.ts';
import { pageWords } from '../../language/page-language.ts';
import { KeptPage } from '../../ui/kept-page.tsx';
import { AdminBar, EmptyAdmin } from '../admin-bar.tsx';
import { StatusPage } from './status-page.tsx';
import { statusWords } from './words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(statusWords)).status };
}

export default async function Page() {
  return <KeptPage empty={<EmptyAdmin />}>{await ifAvailable(readPage())}</KeptPage>;
}

/** How the program is: for whoever operates it. */
async function readPage() {
  const caller = await admitAdmin('/admin/status');
  const first = await readStatusDetails(await getContext(), caller);
  return (
    <StatusPage first={first}>
      <AdminBar />
    </StatusPage>
  );
}
