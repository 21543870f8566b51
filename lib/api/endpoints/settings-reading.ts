import { VigiaError } from '#lib/errors';
import { layersOf } from '#lib/functions/layers';
import type { SettingsReading } from '#lib/schemas/api';
import { type FunctionRecord, functionRecord } from '#lib/schemas/record';

/** A function's record as it is shown: settings with all of their layers. */
export function settingsOf(record: FunctionRecord): SettingsReading {
  const { name, revision, createdAt, createdBy, deployment, overrides } = record;
  return {
    name,
    revision,
    createdAt,
    createdBy,
    settings: layersOf(record),
    code: { override: overrides.code, deployment: deployment?.code ?? null },
  };
}

/** A change that was based on an older revision is refused with what reading the settings would show now. */
export async function withCurrentSettings<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof VigiaError && error.code === 'conflict')) throw error;
    const current = settingsOf(functionRecord.parse(error.current));
    throw new VigiaError('conflict', error.message, { current, cause: error });
  }
}
