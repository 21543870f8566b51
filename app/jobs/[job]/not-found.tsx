import Link from 'next/link';
import { pageWords } from '../../language/page-language.ts';
import { PulseLine } from '../../ui/pulse-line.tsx';
import { jobWords } from '../words.ts';

export default async function NoSuchJob() {
  const say = await pageWords(jobWords);
  return (
    <main id="content" className="lone">
      <section className="panel empty">
        <PulseLine />
        <h1>{say.noSuchJob}</h1>
        <p className="sub">{say.whyNoSuchJob}</p>
        <Link className="btn" href="/jobs">
          {say.showJobs}
        </Link>
      </section>
    </main>
  );
}
