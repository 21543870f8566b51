import type { ReactNode } from 'react';

export type Column = {
  title: string;
  /** Its figures stand at the right. */
  isNumber?: boolean;
  /** Takes the room that the others leave. */
  isWide?: boolean;
  /** Of buttons, which say themselves what they are for. */
  isSilent?: boolean;
};

type Props = {
  /** Id of the heading that names it. */
  labelledBy: string;
  columns: readonly Column[];
  /** `rows-38` for rows with a control, `lined` where something stands above it. */
  className?: string;
  /** Its rows. */
  children: ReactNode;
};

/** A table that scrolls inside of its panel. */
export function DataTable({ labelledBy, columns, className = '', children }: Props) {
  return (
    <div className="scroll">
      <table className={`tbl ${className}`} aria-labelledby={labelledBy}>
        <thead>
          <tr>
            {columns.map(({ title, isNumber = false, isWide = false, isSilent = false }) => (
              <th key={title} scope="col" className={isNumber ? 'num' : isWide ? 'wide' : isSilent ? 'act' : undefined}>
                {isSilent ? <span className="sr">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
