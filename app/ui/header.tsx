import Link from 'next/link';
import type { Theme } from './theme.ts';
import { ThemeToggle } from './theme-toggle.tsx';

export function Header({ theme }: { theme: Theme }) {
  return (
    <header className="top">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Link className="brand" href="/" aria-label="Vigia" prefetch={false}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1 6.5h2.6L8 14l4.4-7.5H15" />
          <circle className="lamp" cx="8" cy="4.4" r="2.4" />
        </svg>
        <span>Vigia</span>
      </Link>
      <nav aria-label="Main">
        <Link href="/" aria-current="page" prefetch={false}>
          Functions
        </Link>
      </nav>
      <div className="grow" />
      <ThemeToggle served={theme} />
    </header>
  );
}
