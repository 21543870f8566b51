import * as z from 'zod';
import { functionState } from './function.ts';
import { historyEntry } from './history.ts';

/** Answer of `GET /api/v1/functions`. */
export const functionList = z.object({ functions: z.array(functionState) });

/** Answer of `GET /api/v1/functions/<name>`. */
export const functionReading = z.object({
  state: functionState,
  runtimeAlive: z.boolean(),
  collectorAlive: z.boolean(),
});

/** Answer of `GET /api/v1/functions/<name>/results`: newest first, or oldest first with `after`. */
export const resultsPage = z.object({
  results: z.array(historyEntry),
  /** False when there is more on the same side, or when entries after `after` are no longer kept. */
  complete: z.boolean(),
});

/** Answer of `GET /api/v1/functions/<name>/sample`: the raw text in the input key. */
export const samplePage = z.object({ key: z.string(), text: z.string().nullable() });
