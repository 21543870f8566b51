import { styleText } from 'node:util';

export type Style = 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** What tables are drawn on. */
export type Screen = {
  /** Null where nothing ends the line, such as in a file. */
  width: number | null;
  paint(style: Style | undefined, text: string): string;
};

/** A terminal has a width, and colours unless `NO_COLOR` says otherwise. */
export function screenOf(stream: NodeJS.WriteStream): Screen {
  return {
    width: stream.isTTY ? stream.columns : null,
    paint: (style, text) => (style === undefined ? text : styleText(style, text, { stream })),
  };
}
