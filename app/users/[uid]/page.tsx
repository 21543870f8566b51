import { notFound, redirect } from 'next/navigation';
import { admitUser } from '../../auth/admit.ts';
import { jobsPath } from '../../jobs/list/jobs-path.ts';

/** The address under which clients of the older job service know a user's jobs: the list of jobs shows them. */
export default async function Page({ params }: PageProps<'/users/[uid]'>) {
  const { uid } = await params;
  const caller = await admitUser(`/users/${uid}`);
  const isOwn = uid === `${caller.uid}`;
  if (!/^\d{1,15}$/.test(uid) || (!isOwn && caller.role !== 'admin')) notFound();
  redirect(caller.role === 'admin' ? jobsPath({ uid: Number(uid) }) : '/jobs');
}
