/** The page of settings with the code of a version, and with the input of an invocation to try code on. */
export function codePath(name: string, version: number, input?: string): string {
  const query = new URLSearchParams({ version: `${version}`, ...(input === undefined ? {} : { input }) });
  return `/functions/${encodeURIComponent(name)}/settings?${query}#code`;
}
