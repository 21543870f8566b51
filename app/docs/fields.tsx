import { pageWords } from '../language/page-language.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import type { Schema } from './document.ts';
import { Prose } from './prose.tsx';
import { TypeName } from './type-name.tsx';
import { docsWords } from './words.tsx';

type Field = { name: string; schema: Schema; description?: string | undefined; note?: string };

/** The fields of an object, or the parameters of a request. */
export async function Fields({ of, label, fields }: { of: string; label: string; fields: readonly Field[] }) {
  const say = await pageWords(docsWords);
  return (
    <ScrollRegion label={say.tableOf(label, of)}>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">{say.type}</th>
            <th scope="col">{say.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, schema, description = schema.description, note }) => (
            <tr key={name}>
              <td>
                <code translate="no">{name}</code>
              </td>
              <td className="mono" translate="no">
                <TypeName schema={schema} />
              </td>
              <td className="meaning" lang="en">
                <Prose text={[note, description].filter(Boolean).join('. ')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Those of an object's schema; none for anything else. */
export function fieldsOf({ properties = {}, required = [] }: Schema, marksRequired: boolean): Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    ...(marksRequired && required.includes(name) ? { note: 'Required' } : {}),
  }));
}
