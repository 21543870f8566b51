import { ScrollRegion } from '../ui/scroll-region.tsx';
import type { Schema } from './document.ts';
import { Prose } from './prose.tsx';
import { TypeName } from './type-name.tsx';

type Field = { name: string; schema: Schema; description?: string | undefined; note?: string };

/** The fields of an object, or the parameters of a request. */
export function Fields({ of, label, fields }: { of: string; label: string; fields: readonly Field[] }) {
  return (
    <ScrollRegion label={`${label} of ${of}`}>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, schema, description = schema.description, note }) => (
            <tr key={name}>
              <td>
                <code>{name}</code>
              </td>
              <td className="mono">
                <TypeName schema={schema} />
              </td>
              <td className="meaning">
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
