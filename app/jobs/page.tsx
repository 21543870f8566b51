import type { Metadata } from 'next';
import { listUsers } from '#lib/auth/list-users';
import { VigiaError } from '#lib/errors';
import { listJobs } from '#lib/jobs/list-jobs';
import { readJobScript } from '#lib/jobs/read-job-script';
import { readQueue } from '#lib/jobs/read-queue';
import { admitUser } from '../auth/admit.ts';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { pageWords } from '../language/page-language.ts';
import { EmptyPanel } from '../ui/empty-panel.tsx';
import { KeptPage } from '../ui/kept-page.tsx';
import { EmptyJobs } from './empty-jobs.tsx';
import { JobsPage } from './jobs-page.tsx';
import { type JobQuery, PAGE } from './list/job-list.ts';
import { editPath, jobsPath } from './list/jobs-path.ts';
import { parseJobsQuery } from './query.ts';
import { jobWords } from './words.ts';
import '../styles/admin.css';
import '../styles/code.css';
import '../styles/jobs.css';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(jobWords)).jobs };
}

export default async function Page({ searchParams }: PageProps<'/jobs'>) {
  const { query, from } = parseJobsQuery(await searchParams);
  const empty = (
    <EmptyJobs>
      <EmptyPanel title={80} rows={5} />
      <EmptyPanel title={80} rows={8} />
    </EmptyJobs>
  );
  return <KeptPage empty={empty}>{await ifAvailable(readJobs(query, from))}</KeptPage>;
}

async function readJobs(asked: JobQuery, from: number | undefined) {
  const caller = await admitUser(from === undefined ? jobsPath(asked) : editPath(from));
  const isAdmin = caller.role === 'admin';
  // Whose jobs they are is not for others to choose.
  const query = isAdmin ? asked : { ...asked, uid: undefined };
  const ctx = await getContext();
  const [list, queue, users, script] = await Promise.all([
    listJobs(ctx, caller, { ...query, limit: PAGE }),
    readQueue(ctx, caller),
    isAdmin ? listUsers(ctx, caller) : null,
    from === undefined ? null : readJobScript(ctx, caller, { id: from }).catch(orNull),
  ]);
  const known = users?.map(({ uid, name }) => ({ uid, name })) ?? null;
  return (
    <JobsPage
      list={{ served: list, query, users: known, servedAt: Date.now() }}
      queue={queue}
      from={from === undefined || script === null ? null : { id: from, script }}
      hasNetwork={ctx.config.jobs.network}
    />
  );
}

/** Without the job that was to be run again, the form is a new one. */
function orNull(error: unknown): null {
  if (error instanceof VigiaError && error.code === 'not_found') return null;
  throw error;
}
