import * as z from 'zod';
import { failure } from '#lib/schemas/function';

/** Frame types; `host.py` has the same numbers, and the contract suite runs both against them. */
export const toHost = { load: 1, context: 2, invoke: 3 } as const;
export const toRuntime = { hello: 10, loaded: 11, result: 12, failed: 13 } as const;

/** Results larger than this are refused as bad; so are inputs. */
export const MAX_TEXT_BYTES = 8 * 1024 * 1024;

/** How Python imports code that is more than one file. */
export type PythonImports = {
  /** The dotted name under which the file is imported; null when it is a module of its own. */
  module: string | null;
  /** Folders in which its own imports are looked for. */
  paths: readonly string[];
};

/** Payload of `load`. */
export type LoadOrder = {
  /** The file to import. */
  path: string;
  handler: string;
  imports?: PythonImports | undefined;
  maxResultBytes: number;
};

/** Payload of `context`: what the reference runtime refreshes before each call. */
export type HostContext = { host: string; port: number; input_key: string; output_key: string };

/** Payload of `failed`. */
export const hostFailure = failure;

/** Payload of `loaded`. */
export const loadedReport = z.object({ handler: z.string() });
