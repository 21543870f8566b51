'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useId, useRef } from 'react';
import type { JobStatus } from '#lib/schemas/job';
import { useWords } from '../../language/use-language.ts';
import type { JobQuery } from './job-list.ts';
import { jobsPath } from './jobs-path.ts';
import { listWords } from './words.ts';

/** Who may be chosen; null for readers who see their own jobs only. */
export type KnownUsers = readonly { uid: number; name: string }[] | null;

const STATUSES: readonly (JobStatus | undefined)[] = [undefined, 'WAITING', 'RUNNING', 'DONE', 'ERROR'];

/** What of the jobs is shown: links and a form, so it works without JavaScript; with it, a choice counts at once. */
export function JobsFilter({ query, users }: { query: JobQuery; users: KnownUsers }) {
  const say = useWords(listWords);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { status, language, uid } = query;
  const send = () => {
    if (form.current === null) return;
    const given = [...new FormData(form.current)].filter(([, value]) => value !== '');
    const search = new URLSearchParams(given.map(([name, value]) => [name, `${value}`]));
    router.push(search.size === 0 ? '/jobs' : `/jobs?${search}`);
  };
  return (
    <search className="jobs-filter">
      <nav className="seg" aria-label={say.byStatus}>
        {STATUSES.map((each) => (
          <Link
            key={each ?? 'any'}
            href={jobsPath({ status: each, language, uid })}
            aria-current={each === status ? 'true' : undefined}
            prefetch={false}
          >
            {say.status[each ?? 'any']}
          </Link>
        ))}
      </nav>
      <form className="row" ref={form} action="/jobs">
        {status !== undefined && <input type="hidden" name="status" value={status} />}
        <label className="sr" htmlFor={`${id}-language`}>
          {say.language}
        </label>
        <select className="in" id={`${id}-language`} name="language" defaultValue={language ?? ''} onChange={send}>
          <option value="">{say.anyLanguage}</option>
          {['python', 'node', 'bash'].map((each) => (
            <option key={each} translate="no">
              {each}
            </option>
          ))}
        </select>
        {users !== null && (
          <>
            <label className="sr" htmlFor={`${id}-user`}>
              {say.user}
            </label>
            <select className="in" id={`${id}-user`} name="uid" defaultValue={uid ?? ''} onChange={send}>
              <option value="">{say.anyUser}</option>
              {uid !== undefined && !users.some((user) => user.uid === uid) && (
                <option value={uid}>{say.nobodyKnown(`${uid}`)}</option>
              )}
              {users.map((user) => (
                <option key={user.uid} value={user.uid} translate="no">
                  {user.name}
                </option>
              ))}
            </select>
          </>
        )}
        <button type="submit" className="btn unscripted">
          {say.filter}
        </button>
      </form>
    </search>
  );
}
