import { isIP } from 'node:net';
import * as z from 'zod';

// What the text of a setting may be, and what becomes of it.

export const text = z.string().trim().min(1);

const UNITS = { s: 'seconds', h: 'hours', d: 'days' } as const;

/** A number of this unit, between these bounds of it. */
export const decimal = (unit: keyof typeof UNITS, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$|^\.\d+$/, `must be a number of ${UNITS[unit]}, such as 5 or 0.5`)
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min} ${unit}`).max(max, `must be at most ${max} ${unit}`))
    .meta({ least: min, most: max });

export const seconds = (min: number, max: number) => decimal('s', min, max);

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))
    .meta({ least: min, most: max });

/** `files.internal`, an address, or a network such as `10.0.0.0/8`. */
function isHostOrNetwork(item: string): boolean {
  const [address = '', bits, ...rest] = item.split('/');
  if (bits === undefined) return isIP(address.replace(/^\[(.*)\]$/, '$1')) !== 0 || /^[a-z0-9_.-]+$/i.test(address);
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

/** Not a name, for which somebody's DNS would have to be believed. */
function isAddressed(item: string): boolean {
  return isIP((item.split('/')[0] ?? '').replace(/^\[(.*)\]$/, '$1')) !== 0;
}

const list = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .transform((items) => items.filter((item) => item !== ''));

export const networkList = list.refine((items) => items.every(isHostOrNetwork), {
  error: 'must be host names, addresses or networks such as 10.0.0.0/8, separated by commas',
});

export const addressList = list.refine((items) => items.every((item) => isHostOrNetwork(item) && isAddressed(item)), {
  error: 'must be addresses or networks such as 10.0.0.0/8, separated by commas',
});

export const redisUrl = text.refine((value) => {
  return /^(rediss?:\/\/|unix:\/\/\/)/.test(value) && URL.canParse(value);
}, 'must look like redis://host:6379, rediss://… or unix:///path/to.sock');
