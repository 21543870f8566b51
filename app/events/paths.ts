/** The audit from a change of settings on; that of the function where it is not known which change it was. */
export function changePath(name: string, revision: number | undefined): string {
  const query = new URLSearchParams({ target: `function/${name}` });
  if (revision === undefined) return `/admin/audit?${query}`;
  query.set('revision', `${revision}`);
  return `/admin/audit?${query}#change`;
}

/** The page of settings with the code of a version, and with the input of an invocation to try code on. */
export function codePath(name: string, version: number, input?: string): string {
  const query = new URLSearchParams({ version: `${version}`, ...(input === undefined ? {} : { input }) });
  return `/functions/${encodeURIComponent(name)}/settings?${query}#code`;
}
