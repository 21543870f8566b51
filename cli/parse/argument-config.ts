import type { ParseArgsOptionsConfig } from 'node:util';
import type { Option } from '../command.ts';

/** Options as `parseArgs` wants them. */
export function argumentConfig(options: Record<string, Option>): ParseArgsOptionsConfig {
  const entries = Object.entries(options).map(([name, { kind, short }]) => {
    const type = kind === 'flag' ? ('boolean' as const) : ('string' as const);
    return [name, { type, multiple: kind === 'values', ...(short === undefined ? {} : { short }) }];
  });
  return Object.fromEntries(entries);
}
