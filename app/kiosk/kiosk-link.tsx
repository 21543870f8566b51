'use client';

import { useWords } from '../language/use-language.ts';
import { Icon } from '../ui/line-icon.tsx';
import { kioskWords } from './words.ts';

/** The same view for a screen on a wall. A whole page load: what runs for weeks starts from nothing. */
export function KioskLink({ href }: { href: string }) {
  const say = useWords(kioskWords);
  return (
    <a className="btn square kiosk-link" href={href} title={say.wall} aria-label={say.wall}>
      <Icon shape="screen" />
    </a>
  );
}
