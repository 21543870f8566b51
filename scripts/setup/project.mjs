import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const inProject = (...names) => join(root, ...names);

/** Programs that npm installed, the pinned Node among them. */
export const bin = (name) => inProject('node_modules', '.bin', name);
