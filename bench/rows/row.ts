/** What one benchmark run is asked for. */
export type Run = {
  rounds: number;
  /** Shorter rounds, for a look. */
  quick: boolean;
  wanted: (id: string) => boolean;
  /** Tells whoever waits what is being measured. */
  say: (text: string) => void;
};

/** What must hold: the median, the ratio to the baseline, or what is above it, at most or at least this. */
export type Budget = { of: 'median' | 'ratio' | 'excess'; limit: 'at most' | 'at least'; value: number };

export type Row = {
  id: string;
  what: string;
  unit: string;
  /** One a round. */
  values: readonly number[];
  /** One a round, measured in the same round. */
  baseline?: readonly number[];
  budget?: Budget;
  /** Said below the table. */
  notes?: readonly string[];
};

/** A row that could not be measured here. */
export type Skipped = { id: string; what: string; skipped: string };

/** Rows that share what they start. `ids` holds all of theirs. */
export type Family = {
  ids: readonly string[];
  what: string;
  measure: (run: Run) => Promise<(Row | Skipped)[]>;
};
