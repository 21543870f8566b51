'use client';

import { StaticBanner } from '../panels/banner.tsx';
import { useWanted } from './wanted-provider.tsx';

/** Somebody has deleted the function while its page was open; what is being written here is not lost with it. */
export function GoneNotice() {
  const { isGone, settings } = useWanted();
  if (!isGone) return null;
  return (
    <StaticBanner title={`${settings.name} has been deleted.`}>
      What is shown here was its last state. A draft stays in this tab: copy it before you leave.
    </StaticBanner>
  );
}
