import type { Metadata } from 'next';
import Link from 'next/link';
import { PulseLine } from './ui/pulse-line.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main id="content" className="lone">
      <section className="panel empty">
        <PulseLine />
        <h1>Nothing here</h1>
        <p className="sub">No function or page has this address. It may have been renamed or removed.</p>
        <Link className="btn" href="/">
          Show functions
        </Link>
      </section>
    </main>
  );
}
