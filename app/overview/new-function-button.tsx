'use client';

import dynamic from 'next/dynamic';

/** The dialog and its fields are loaded only for those who may use it. */
export const NewFunctionButton = dynamic(async () => (await import('../admin/new-function.tsx')).NewFunction);
