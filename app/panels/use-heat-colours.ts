'use client';

import { useMemo } from 'react';
import { useTokens } from '../charts/palette.ts';

const TOKENS = ['--heat-0', '--heat-25', '--heat-50', '--heat-75', '--heat-100'] as const;

/** A colour for each whole percent, from the theme's few, as a canvas has them in its memory. */
export function useHeatColours(): Uint32Array {
  const stops = useTokens(TOKENS);
  return useMemo(() => {
    const colours = stops.map((colour) => (colour.match(/\d+(\.\d+)?/g) ?? []).slice(0, 3).map(Number));
    return Uint32Array.from({ length: 101 }, (_, percent) => mixed(colours, (percent / 100) * (colours.length - 1)));
  }, [stops]);
}

function mixed(colours: readonly (readonly number[])[], place: number): number {
  const low = colours[Math.floor(place)] ?? [];
  const high = colours[Math.ceil(place)] ?? low;
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((part) => {
    const from = low[part] ?? 0;
    return Math.round(from + ((high[part] ?? from) - from) * (place % 1));
  });
  // Little-endian, as every machine that runs a browser is: alpha first.
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
