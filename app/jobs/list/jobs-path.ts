import type { JobQuery } from './job-list.ts';

/** The page of jobs with a filter. */
export function jobsPath({ status, language, uid, before }: JobQuery): string {
  const given = Object.entries({ status, language, uid, before }).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, `${value}`]));
  return query.size === 0 ? '/jobs' : `/jobs?${query}`;
}

/** The form with the script of a job in it. */
export function editPath(id: number): string {
  return `/jobs?from=${id}`;
}
