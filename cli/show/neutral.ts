import { escapeOf, UNSEEN } from '#lib/text/visible-text';

/** Text of somebody else's that is to stay in one line, with nothing in it that a terminal obeys. */
export function neutralLine(text: string): string {
  return text.replaceAll(UNSEEN, escapeOf);
}

/** The same value to whoever reads it as JSON, or as YAML within double quotes. */
export function neutralJson(json: string): string {
  return json.replaceAll(UNSEEN, (each) => (each === '\n' ? each : asJsonEscape(each)));
}

/** Whether there is anything to be neutralised, in a text of a single line. */
export function isNeutral(text: string): boolean {
  return text.search(UNSEEN) === -1;
}

/** Also of what JSON itself would leave as it is. */
function asJsonEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
