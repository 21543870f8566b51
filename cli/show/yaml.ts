import { Document, visit } from 'yaml';
import { isNeutral, neutralJson } from './neutral.ts';

/** YAML without anything that a terminal obeys: such strings stand in double quotes, which have escapes. */
export function yamlOf(value: unknown, raw: boolean): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && node.value.split('\n').some((line) => !isNeutral(line))) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  const text = document.toString({ lineWidth: 0 });
  return raw ? text : neutralJson(text);
}
