// zod itself would be a sixth of all the JavaScript of the page. These guards look at the same fields as the schemas in
// lib, which a test holds them to; the compiler sees to it that no field is forgotten.

export type Check = (value: unknown) => boolean;
export type Fields<T> = { [Field in keyof T]-?: Check };

export const isNumber: Check = (value) => typeof value === 'number';
export const isText: Check = (value) => typeof value === 'string';
export const isFlag: Check = (value) => typeof value === 'boolean';
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
export const orMissing =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
export const oneOf =
  (...words: string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);

export function hasFields<T>(fields: Fields<T>): (value: unknown) => value is T {
  const checks = Object.entries<Check>(fields);
  return (value): value is T =>
    typeof value === 'object' && value !== null && checks.every(([field, check]) => check(Reflect.get(value, field)));
}
