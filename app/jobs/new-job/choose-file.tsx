'use client';

import { useRef } from 'react';
import { useWords } from '../../language/use-language.ts';
import { readScriptFile, type ScriptFile } from './read-script-file.ts';
import { newJobWords } from './words.ts';

/** Takes a script from a file of the reader's. */
export function ChooseFile({ mostBytes, onRead }: { mostBytes: number; onRead: (file: ScriptFile) => void }) {
  const say = useWords(newJobWords);
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (file !== undefined) onRead(await readScriptFile(file, mostBytes));
    // Or the same file, changed meanwhile, could not be chosen again.
    if (input.current !== null) input.current.value = '';
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={say.chooseFile}
        accept=".py,.js,.mjs,.cjs,.sh,.bash,text/*"
        onChange={({ target }) => void read(target.files?.[0])}
      />
      <button type="button" className="btn quiet" onClick={() => input.current?.click()}>
        {say.chooseFile}
      </button>
    </>
  );
}
