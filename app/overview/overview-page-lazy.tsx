'use client';

import dynamic from 'next/dynamic';

/** The start page is often the live page of the only function, which needs nothing of this. */
export const OverviewPage = dynamic(async () => (await import('./overview-page.tsx')).OverviewPage);
