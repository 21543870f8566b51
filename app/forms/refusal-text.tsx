'use client';

import { Fragment } from 'react';
import { useLanguage } from '../language/use-language.ts';
import type { Refusal, Wrong } from './refusal.ts';
import { refusalTold, type Told, wrongTold } from './told.ts';

/** What is wrong with a field, in the reader's language. */
export function WrongText({ path, wrong }: { path: string; wrong: Wrong }) {
  return <ToldText {...wrongTold(path, wrong, useLanguage())} />;
}

/** Whether there is anything to say beside what the fields with these paths show themselves. */
export function hasMore({ fields }: Refusal, shown: readonly string[]): boolean {
  const paths = Object.keys(fields);
  return paths.length === 0 || paths.some((path) => !shown.includes(path));
}

/** Why something was refused, but for what the fields with these paths show themselves. */
export function RefusalText({ refusal, shown = [] }: { refusal: Refusal; shown?: readonly string[] }) {
  const language = useLanguage();
  const fields = Object.entries(refusal.fields);
  if (fields.length === 0)
    return refusalTold(refusal, language).map((told, index) => (
      <Fragment key={told.text}>
        {index > 0 && ' '}
        <ToldText {...told} />
      </Fragment>
    ));
  return fields
    .filter(([path]) => !shown.includes(path))
    .map(([path, wrong], index) => (
      <Fragment key={path}>
        {index > 0 && ' '}
        {path !== '' && <span translate="no">{path}: </span>}
        <WrongText path={path} wrong={wrong} />
      </Fragment>
    ));
}

function ToldText({ text, lang }: Told) {
  return lang === undefined ? text : <span lang={lang}>{text}</span>;
}
