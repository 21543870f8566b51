import Link from 'next/link';
import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { shellWords } from './shell-words.ts';

/** The two pages of a function, for those who may see both. */
export async function FunctionTabs({ name, current }: { name: string; current: 'live' | 'settings' }) {
  const say = await pageWords(shellWords);
  const { settings } = await pageWords(commonWords);
  const path = `/functions/${encodeURIComponent(name)}`;
  return (
    <nav className="sect" aria-label={say.functionPages}>
      <Link href={path} aria-current={current === 'live' ? 'page' : undefined} prefetch={false}>
        {say.live}
      </Link>
      <Link href={`${path}/settings`} aria-current={current === 'settings' ? 'page' : undefined} prefetch={false}>
        {settings}
        <span className="spare">{say.andCode}</span>
      </Link>
    </nav>
  );
}
