import { isDeepStrictEqual } from 'node:util';
import type { Context } from '#lib/context';
import type { Actor, DeploymentLayer, FunctionRecord } from '#lib/schemas/record';
import { settingsEvent } from './events-of-changes.ts';
import { changeRecord, type Wanted } from './records.ts';
import { dropOldVersions } from './versions.ts';

/** Where the reference runtime writes when nobody says otherwise. */
const OUTPUT_KEY = 'metrics-output';

type Declaration = Omit<DeploymentLayer, 'at'>;

/** What a runtime's environment says of a function; the newest declaration counts. */
export async function declareFunction(ctx: Context, name: string, declaration: Declaration): Promise<FunctionRecord> {
  const at = Date.now();
  const by: Actor = { kind: 'deployment', host: declaration.host };
  const change = (record: FunctionRecord | null): Wanted => {
    if (record === null) {
      return {
        name,
        createdAt: at,
        createdBy: by,
        defaultOutputKey: OUTPUT_KEY,
        deployment: { ...declaration, at },
        overrides: { settings: {}, changes: {}, code: null },
        chosenBefore: [],
        envEpoch: 0,
      };
    }
    if (record.deployment !== null && saysTheSame(record.deployment, declaration)) return record;
    return { ...record, deployment: { ...declaration, at } };
  };
  const events = (before: FunctionRecord | null, record: FunctionRecord) => settingsEvent(before, record, by);
  const after = await changeRecord(ctx, name, change, { events });
  if (after.deployment?.at === at) await dropOldVersions(ctx, after);
  return after;
}

function saysTheSame(before: DeploymentLayer, now: Declaration): boolean {
  const what = ({ settings, from, code }: Declaration) => ({ settings, from, code });
  return isDeepStrictEqual(what(before), what(now));
}
