import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks, stripTypeScriptTypes } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Halves what a command costs. Not in a folder for temporary files, where others could put something for us to run.
enableCompileCache(join(homedir(), '.cache', 'vigia'));

// Node strips types everywhere but below `node_modules`, where an installed Vigia is.
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts') || !url.includes('/node_modules/')) return nextLoad(url, context);
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
    return { format: 'module', source, shortCircuit: true };
  },
});
