import type { Metadata } from 'next';
import Link from 'next/link';
import { pageWords } from './language/page-language.ts';
import { PulseLine } from './ui/pulse-line.tsx';
import { shellWords } from './ui/shell-words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(shellWords)).notFound };
}

export default async function NotFound() {
  const say = await pageWords(shellWords);
  return (
    <main id="content" className="lone">
      <section className="panel empty">
        <PulseLine />
        <h1>{say.nothingHere}</h1>
        <p className="sub">{say.noSuchPage}</p>
        <Link className="btn" href="/">
          {say.showFunctions}
        </Link>
      </section>
    </main>
  );
}
