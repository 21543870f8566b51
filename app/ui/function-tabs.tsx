import Link from 'next/link';

/** The two pages of a function, for those who may see both. */
export function FunctionTabs({ name, current }: { name: string; current: 'live' | 'settings' }) {
  const path = `/functions/${encodeURIComponent(name)}`;
  return (
    <nav className="sect" aria-label="Function">
      <Link href={path} aria-current={current === 'live' ? 'page' : undefined} prefetch={false}>
        Live
      </Link>
      <Link href={`${path}/settings`} aria-current={current === 'settings' ? 'page' : undefined} prefetch={false}>
        Settings<span className="spare"> and code</span>
      </Link>
    </nav>
  );
}
