import type { CSSProperties } from 'react';
import { colourOf } from './curve.ts';

/** Custom properties are fine in a style, but React's type does not know them. */
export function styleVars(vars: Record<`--${string}`, string | number>, rest: CSSProperties = {}): CSSProperties {
  return { ...rest, ...vars };
}

/** The sample of a curve's look that stands before its name. */
export function Key({ slot, area = false }: { slot: number; area?: boolean }) {
  const { token, dashed } = colourOf(slot);
  const shape = area ? 'key area' : dashed ? 'key dash' : 'key';
  return <i className={shape} style={styleVars({ '--k': `var(${token})` })} />;
}
