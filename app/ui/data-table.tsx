import type { ReactNode } from 'react';
import { ScrollRegion } from './scroll-region.tsx';

export type Column = {
  title: string;
  /** Its figures stand at the right. */
  isNumber?: boolean;
  /** Takes the room that the others leave. */
  isWide?: boolean;
  /** Of buttons, which say themselves what they are for. */
  isSilent?: boolean;
  /** A name, which is the same in every language. */
  isName?: boolean;
};

type Props = {
  /** Id of the heading that names it. */
  labelledBy: string;
  columns: readonly Column[];
  /** `rows-38` for rows with a control, `lined` where something stands above it. */
  className?: string;
  /** What it holds, where none of that can be focused: the keyboard then scrolls the table itself. */
  scrolls?: string | undefined;
  /** Its rows. */
  children: ReactNode;
};

/** A table that scrolls inside of its panel. */
export function DataTable({ labelledBy, columns, className = '', scrolls, children }: Props) {
  const table = (
    <table className={`tbl ${className}`} aria-labelledby={labelledBy}>
      <thead>
        <tr>
          {columns.map(({ title, isNumber = false, isWide = false, isSilent = false, isName }) => (
            <th
              key={title}
              scope="col"
              translate={isName ? 'no' : undefined}
              className={isNumber ? 'num' : isWide ? 'wide' : isSilent ? 'act' : undefined}
            >
              {isSilent ? <span className="sr">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
  if (scrolls !== undefined) return <ScrollRegion label={scrolls}>{table}</ScrollRegion>;
  return <div className="scroll">{table}</div>;
}
