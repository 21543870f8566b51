/**
 * Compiles JavaScript and TypeScript files without running them, and throws the first syntax error that has the wanted
 * message. Node tells where a syntax error is only of one that nobody catches: in what it prints before it ends.
 */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { resolve } from 'node:path';
import { SourceTextModule } from 'node:vm';

const [wanted, ...files] = process.argv.slice(2);

function compile(file: string): void {
  const text = readFileSync(file, 'utf8');
  new SourceTextModule(/\.[cm]?ts$/.test(file) ? stripTypeScriptTypes(text) : text, { identifier: resolve(file) });
}

for (const file of files) {
  try {
    compile(file);
  } catch (error) {
    if (error instanceof SyntaxError && `${error.name}: ${error.message}` === wanted) throw error;
  }
}
