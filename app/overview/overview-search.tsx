'use client';

import { useRouter } from 'next/navigation';
import { type SubmitEvent, useEffect, useRef } from 'react';
import { useWords } from '../language/use-language.ts';
import { Icon } from '../ui/line-icon.tsx';
import { type OverviewView, overviewHref, overviewParams, parseOverviewView, SORTS } from './overview-view.ts';
import { overviewWords } from './words.ts';

/** The address follows what is typed, but not each letter of it. */
const AFTER_MS = 250;

/** Finds and orders functions. The browser can send the form by itself; with JavaScript it needs no sending. */
export function OverviewSearch({ view }: { view: OverviewView }) {
  const say = useWords(overviewWords);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(due.current), []);
  // Another view may have another text; one that is being typed stays.
  useEffect(() => {
    const input = form.current?.querySelector<HTMLInputElement>('[name=q]');
    if (input && input !== document.activeElement) input.value = view.q;
  }, [view.q]);
  const { q: _q, sort: _sort, page: _page, ...kept } = overviewParams(view);

  const search = () => {
    clearTimeout(due.current);
    if (form.current === null) return;
    const said = Object.fromEntries([...new FormData(form.current)].map(([name, value]) => [name, `${value}`]));
    const href = overviewHref(parseOverviewView(said));
    if (href !== overviewHref(view)) router.replace(href, { scroll: false });
  };
  const searchSoon = () => {
    clearTimeout(due.current);
    due.current = setTimeout(search, AFTER_MS);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    search();
  };
  return (
    <search>
      <form ref={form} className="find" action="/" onSubmit={submit}>
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className="find-name">
          <Icon shape="find" />
          <span className="sr">{say.find}</span>
          <input
            className="in"
            type="search"
            name="q"
            placeholder={say.find}
            defaultValue={view.q}
            maxLength={100}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={searchSoon}
          />
        </label>
        <label>
          <span className="sr">{say.sortBy}</span>
          <select className="in" name="sort" key={view.sort} defaultValue={view.sort} onChange={search}>
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {say.sorts[sort]}
              </option>
            ))}
          </select>
        </label>
        <noscript>
          <button type="submit" className="btn">
            {say.apply}
          </button>
        </noscript>
      </form>
    </search>
  );
}
