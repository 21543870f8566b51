import type { RunEnd } from '#lib/jobs/end-job';
import type { JobLanguage, OutputStream } from '#lib/schemas/job';

/** What is to be run. Time limit and network are the deployment's: an executor knows them from its start. */
type Execution = {
  id: number;
  language: JobLanguage;
  code: string;
  /** All of its standard input. */
  input: string;
};

type Observation = {
  /** Called with everything that is kept, in order, as it comes, before the end is known; of invalid UTF-8 it gets U+FFFD. */
  onOutput: (stream: OutputStream, text: string) => void;
  /** Cancels it. */
  signal: AbortSignal;
};

/**
 * Where jobs run. `execute` resolves when none of the job's processes is left, whatever happened: what is wrong with the
 * script or with the executor is an end, not an error. At most 1 MiB of output is kept.
 */
export type Executor = AsyncDisposable & {
  /** `local`, and what else there will be. */
  readonly name: string;
  /** How jobs are confined, as it stands with each. */
  readonly tier: string;
  readonly languages: readonly JobLanguage[];
  /** Why it is no better tier, and which languages are missing, in words. */
  readonly missing: readonly string[];
  execute(execution: Execution, observation: Observation): Promise<RunEnd>;
};

/** There is nothing here that could hold a job. */
export type NoExecutor = { readonly name: string; readonly tier: null; readonly missing: readonly string[] };
