import type { Language } from '#lib/schemas/function';
import type { PythonImports } from '../hosts/protocol.ts';

/** One version of some code on this machine, ready to be imported. */
export type Code = {
  language: Language;
  /** As people recognise it: "built in", the file's path, "PYFILE", or an archive and the file in it. */
  source: string;
  path: string;
  version: string;
  handler: string;
  imports?: PythonImports;
};
