import { deployed, type SettingsReading, settingsReading, versionList, versionReading } from '#lib/schemas/api';
import type { ListedVersion } from '#lib/schemas/record';
import { type TryReport, tryReport } from '#lib/schemas/try';

// Loaded when the first answer comes: zod is the larger part of it.

export function asSettings(data: unknown): SettingsReading {
  return settingsReading.parse(data);
}

/** Null for a refusal that says nothing of what is there now. */
export function asCurrentSettings(current: unknown): SettingsReading | null {
  return settingsReading.safeParse(current).data ?? null;
}

export function asVersions(data: unknown): ListedVersion[] {
  return versionList.parse(data).versions;
}

export function asVersionText(data: unknown): { version: ListedVersion; text: string | null } {
  return versionReading.parse(data);
}

export function asDeployed(data: unknown): { version: number; settings: SettingsReading } {
  return deployed.parse(data);
}

export function asReport(data: unknown): TryReport {
  return tryReport.parse(data);
}
