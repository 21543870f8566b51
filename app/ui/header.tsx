import Link from 'next/link';
import type { Caller } from '#lib/auth/caller';
import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { LanguageMenu } from './language-menu.tsx';
import { NavLink, SignInLink } from './nav-link.tsx';
import { shellWords } from './shell-words.ts';
import type { Theme } from './theme.ts';
import { ThemeToggle } from './theme-toggle.tsx';
import { UserMenu } from './user-menu.tsx';

type Props = {
  theme: Theme;
  /** Null for nobody; undefined while that cannot be known. */
  caller: Caller | null | undefined;
};

export async function Header({ theme, caller }: Props) {
  const say = await pageWords(shellWords);
  const { functions } = await pageWords(commonWords);
  return (
    <header className="top">
      <a className="skip" href="#content">
        {say.skip}
      </a>
      <Link className="brand" href="/" aria-label="Vigia" prefetch={false}>
        <Logo />
        <span translate="no">Vigia</span>
      </Link>
      <nav aria-label={say.main}>
        <NavLink href="/" under="/functions">
          {functions}
        </NavLink>
        {caller != null && (
          <NavLink href="/jobs" under="/jobs">
            {say.jobs}
          </NavLink>
        )}
        {caller?.role === 'admin' && (
          <NavLink href="/admin" under="/admin">
            {say.admin}
          </NavLink>
        )}
      </nav>
      <div className="grow" />
      <ThemeToggle served={theme} />
      <LanguageMenu />
      {caller === null && <SignInLink />}
      {caller != null && <UserMenu caller={caller} />}
    </header>
  );
}

export function Logo() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 6.5h2.6L8 14l4.4-7.5H15" />
      <circle className="lamp" cx="8" cy="4.4" r="2.4" />
    </svg>
  );
}
