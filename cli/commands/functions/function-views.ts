import type * as z from 'zod';
import type { functionReading, SettingsReading } from '#lib/schemas/api';
import type { FunctionState, FunctionStatus } from '#lib/schemas/function';
import type { LayeredSetting, ListedVersion } from '#lib/schemas/record';
import { age, bytes, moment, span } from '../../show/format.ts';
import type { Draw } from '../../show/output.ts';
import type { Screen, Style } from '../../show/screen.ts';
import { fields, table } from '../../show/table.ts';

const STYLES: Record<FunctionStatus, Style> = {
  starting: 'cyan',
  waiting: 'yellow',
  running: 'green',
  failing: 'red',
  crashing: 'red',
  disabled: 'dim',
};

export function functionTable(functions: readonly FunctionState[]): Draw {
  return (screen) =>
    functions.length === 0
      ? ''
      : table(
          functions,
          [
            { title: 'NAME', of: ({ name }) => name },
            { title: 'STATUS', of: ({ status }) => status, style: ({ status }) => STYLES[status] },
            { title: 'VERSION', of: ({ versionNumber }) => versionNumber, isNumber: true },
            { title: 'LANGUAGE', of: ({ language }) => language },
            {
              title: 'PERIOD',
              of: ({ periodMs, invoke }) => (invoke === 'change' ? 'change' : span(periodMs)),
              isNumber: true,
            },
            { title: 'TICKS', of: ({ ticks }) => ticks.done, isNumber: true },
            { title: 'FAILED', of: ({ ticks }) => ticks.failed, isNumber: true },
            { title: 'LAST', of: ({ lastTickAt }) => (lastTickAt === null ? null : age(lastTickAt)), isNumber: true },
            { title: 'PROBLEM', of: problemOf, mayCut: true },
          ],
          screen,
        );
}

function problemOf({ failure, rejected, input }: FunctionState): string | null {
  return failure?.message ?? rejected?.failure.message ?? input.problem;
}

type Reading = z.infer<typeof functionReading> & { settings: SettingsReading | null };

export function functionDetails({ state, runtimeAlive, collectorAlive, settings }: Reading): Draw {
  const { status, since, ticks, failure, rejected, input } = state;
  const failures = failure === null ? null : `${failure.kind}: ${failure.message}`;
  return (screen) => {
    const about = fields(
      [
        ['Function', state.name],
        ['Status', `${status} since ${moment(since)} (${age(since)})`],
        ['Failure', failures],
        ['Does not load', rejected === null ? null : `version ${rejected.version ?? '?'}: ${rejected.failure.message}`],
        ['Input', input.problem],
        ['Code', `${state.language}, version ${state.versionNumber ?? '?'} (${state.version}), ${state.source}`],
        ['Ticks', `${ticks.done} done, ${ticks.failed} failed, ${ticks.late} late`],
        ['Runtime', runtimeAlive ? 'there' : 'none: nothing runs it'],
        ['Collector', collectorAlive ? 'there' : 'none writes its input key'],
      ],
      screen,
    );
    return settings === null ? about : `${about}\n${settingsTable(settings.settings, screen)}`;
  };
}

export function settingsTable(settings: readonly LayeredSetting[], screen: Screen): string {
  return table(
    settings,
    [
      { title: 'SETTING', of: ({ name }) => name },
      { title: 'IN FORCE', of: ({ inForce }) => `${inForce}`, mayCut: true },
      { title: 'SAID BY', of: sourceOf, mayCut: true },
      { title: 'DEFAULT', of: (each) => `${each.default}`, mayCut: true },
    ],
    screen,
  );
}

function sourceOf({ layer, override, deployment }: LayeredSetting): string {
  if (layer === 'override' && override !== null) {
    const { by, at } = override;
    return `${by.kind === 'user' ? by.name : by.host}, ${age(at)}`;
  }
  return layer === 'deployment' && deployment !== null ? `${deployment.from} on ${deployment.host}` : 'default';
}

export function versionTable(versions: readonly ListedVersion[]): Draw {
  return (screen) =>
    table(
      versions,
      [
        { title: 'VERSION', of: ({ number }) => number, isNumber: true },
        {
          title: 'STATE',
          of: stateOf,
          style: ({ isLive, failure }) => (isLive ? 'green' : failure ? 'red' : undefined),
        },
        { title: 'FROM', of: ({ source }) => source, mayCut: true },
        { title: 'SIZE', of: (each) => bytes(each.bytes), isNumber: true },
        { title: 'BY', of: ({ by }) => (by.kind === 'user' ? by.name : by.host || 'Vigia') },
        { title: 'AT', of: ({ at }) => age(at), isNumber: true },
        { title: 'MESSAGE', of: ({ message }) => message || null, mayCut: true },
      ],
      screen,
    );
}

function stateOf({ isLive, failure, isKept, liveAt }: ListedVersion): string {
  if (isLive) return 'live';
  if (failure !== null) return 'does not load';
  if (!isKept) return 'not kept';
  return liveAt === null ? 'never live' : 'kept';
}
