'use client';

import { useWords } from '../language/use-language.ts';
import { StaticBanner } from '../panels/banner.tsx';
import { useWanted } from './wanted-provider.tsx';
import { settingsPageWords } from './words.ts';

/** Somebody has deleted the function while its page was open; what is being written here is not lost with it. */
export function GoneNotice() {
  const say = useWords(settingsPageWords);
  const { isGone, settings } = useWanted();
  if (!isGone) return null;
  return <StaticBanner title={say.deleted(settings.name)}>{say.lastState}</StaticBanner>;
}
