import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { VigiaError } from '#lib/errors';
import { admitUser } from '../../auth/admit.ts';
import { getContext } from '../../context.ts';
import { ifAvailable } from '../../if-available.ts';
import { pageWords } from '../../language/page-language.ts';
import { EmptyPanel } from '../../ui/empty-panel.tsx';
import { KeptPage } from '../../ui/kept-page.tsx';
import { EmptyJobs } from '../empty-jobs.tsx';
import { JobView } from '../job/job-view.tsx';
import { loadJob } from '../load-job.ts';
import { parseJobId } from '../query.ts';
import { jobWords } from '../words.ts';
import '../../styles/admin.css';
import '../../styles/code.css';
import '../../styles/jobs.css';

type Props = PageProps<'/jobs/[job]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = parseJobId((await params).job);
  return id === null ? {} : { title: (await pageWords(jobWords)).job(`${id}`) };
}

export default async function Page({ params }: Props) {
  const { job } = await params;
  const empty = (
    <EmptyJobs>
      <div className="job">
        <EmptyPanel title={60} rows={8} />
        <EmptyPanel title={60} rows={5} />
      </div>
    </EmptyJobs>
  );
  return <KeptPage empty={empty}>{await ifAvailable(readJob(job))}</KeptPage>;
}

/** A job that is not there and one of somebody else are the same page. */
async function readJob(text: string) {
  const caller = await admitUser(`/jobs/${text}`);
  const id = parseJobId(text);
  if (id === null) notFound();
  const loaded = await loadJob(await getContext(), caller, id).catch((error: unknown) => {
    if (error instanceof VigiaError && error.code === 'not_found') notFound();
    throw error;
  });
  return <JobView key={id} {...loaded} />;
}
