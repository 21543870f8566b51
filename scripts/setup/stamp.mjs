import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/** A file that names the inputs a result was made from: while they are the same, the work need not be done again. */
export class Stamp {
  #path;

  constructor(...path) {
    this.#path = inProject(...path);
  }

  matches(hash) {
    return existsSync(this.#path) && readFileSync(this.#path, 'utf8') === hash;
  }

  remove() {
    rmSync(this.#path, { force: true });
  }

  write(hash) {
    writeFileSync(this.#path, hash);
  }
}

/** A hash over names and contents of files and folders of the project; tests take no part in any result. */
export function contentHash(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesOf(input)) {
      const content = readFileSync(inProject(file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

function filesOf(input) {
  const stats = statSync(inProject(input), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return /\.test\.\w+$/.test(input) ? [] : [input];
  const names = readdirSync(inProject(input)).sort();
  return names.flatMap((name) => filesOf(join(input, name)));
}
