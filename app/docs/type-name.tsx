import type { ReactNode } from 'react';
import type { Schema } from './document.ts';

/** The name of a model, which is also where it stands on the page. */
const modelOf = (ref: string) => ref.split('/').at(-1) ?? ref;

/** What a value may be, in a few words: `string`, `number | null`, a link to a model. */
export function TypeName({ schema }: { schema: Schema }): ReactNode {
  const { $ref, type, items, enum: values, const: only, anyOf, oneOf } = schema;
  const variants = anyOf ?? oneOf;
  if ($ref !== undefined) return <a href={`#${modelOf($ref)}`}>{modelOf($ref)}</a>;
  if (variants !== undefined) {
    return variants.map((each, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: variants have no other identity, and never move.
      <span key={index}>
        {index > 0 && ' | '}
        <TypeName schema={each} />
      </span>
    ));
  }
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (only !== undefined) return JSON.stringify(only);
  if (items !== undefined) {
    return (
      <>
        list of <TypeName schema={items} />
      </>
    );
  }
  return Array.isArray(type) ? type.join(' | ') : (type ?? 'anything');
}
