import type { ListedVersion } from '#lib/schemas/record';

/** Where the function comes from that runs until there is another one. */
export const BUILT_IN = 'built in';

/** What a deployment has that is no file of its machine. */
const WITHOUT_FILE = ['PYFILE', BUILT_IN];

/**
 * The path of the file that a version was read from, where others may lie beside it. A draft of it stands alone, as every
 * version does that is handed in as one file: on whichever machine it runs, those others are not there.
 */
export function mountedPath({ kind, by, source }: ListedVersion): string | null {
  return kind === 'file' && by.kind === 'deployment' && !WITHOUT_FILE.includes(source) ? source : null;
}
