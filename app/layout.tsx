import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import type { Caller } from '#lib/auth/caller';
import { isUnavailable } from '#lib/errors';
import { currentCaller } from './auth/current-caller.ts';
import { zoneOrUtc } from './format/zone.ts';
import { pageLanguage, pageWords } from './language/page-language.ts';
import { LanguageContext } from './language/use-language.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/header.css';
import './styles/page-bar.css';
import './styles/page.css';
import './styles/controls.css';
import './styles/states.css';
import './styles/panel.css';
import './styles/vitals.css';
import './styles/legend.css';
import './styles/chart.css';
import './styles/marks.css';
import './styles/crosshair.css';
import './styles/events.css';
import './styles/table.css';
import './styles/stale.css';
import './styles/print.css';
import { Header } from './ui/header.tsx';
import { RememberZone } from './ui/remember-zone.tsx';
import { shellWords } from './ui/shell-words.ts';
import { parseTheme } from './ui/theme.ts';

export async function generateMetadata(): Promise<Metadata> {
  const { description } = await pageWords(shellWords);
  return {
    title: { default: 'Vigia', template: '%s · Vigia' },
    description,
    icons: { icon: '/logo.svg' },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#14171c' },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = parseTheme(jar.get('theme')?.value);
  const language = await pageLanguage();
  return (
    <html lang={language} data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <LanguageContext value={language}>
          <RememberZone served={zoneOrUtc(jar.get('zone')?.value)}>
            <Header theme={theme} caller={await knownCaller()} />
            {children}
          </RememberZone>
        </LanguageContext>
      </body>
    </html>
  );
}

/** While Redis is away it is not known whether somebody is signed in: undefined. */
async function knownCaller(): Promise<Caller | null | undefined> {
  return await currentCaller().catch((error: unknown) => {
    if (isUnavailable(error)) return undefined;
    throw error;
  });
}
