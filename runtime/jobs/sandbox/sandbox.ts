import { JOB_LIMITS } from '#lib/schemas/job-limits';

/**
 * How a job is confined. `bubblewrap`: its own namespaces, file tree and seccomp filter. `landlock`: for pods that cannot make
 * namespaces; the machine's tree, of which the kernel shows a part. `none`: limits only, where the operator insists.
 */
export const TIERS = ['bubblewrap', 'landlock', 'none'] as const;
export type Tier = (typeof TIERS)[number];

export const LANGUAGES = ['python', 'node', 'bash'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Limits = {
  timeMs: number;
  memoryBytes: number;
  processes: number;
  /** Of stdout and stderr together, in bytes of UTF-8. */
  outputBytes: number;
  scratchBytes: number;
};

export const DEFAULT_LIMITS: Limits = {
  timeMs: 10_000,
  ...JOB_LIMITS,
};

export type OutputStream = 'stdout' | 'stderr';
/** What came on one stream at once; `atMs` counts from the start of the job. */
export type OutputPiece = { stream: OutputStream; text: string; atMs: number };

export type JobOrder = {
  language: Language;
  code: string;
  /** All of its standard input. */
  input: string;
  limits: Limits;
  /** The network of the machine that the worker runs on, all of it; a deployment's decision, not a user's. */
  network: boolean;
  /** Called with everything that is kept, in order, as it comes. */
  onOutput?: (stream: OutputStream, text: string, atMs: number) => void;
  /** Cancels the job. */
  signal?: AbortSignal;
};

/**
 * Why a job ended; the first reason wins. `exit`: by itself, whatever the code. `oom`, `disk`: more memory or scratch space
 * than it may have. `output`: more output than is kept. `lost`: it could not be started, or its sandbox broke.
 */
export type EndReason = 'exit' | 'timeout' | 'oom' | 'disk' | 'output' | 'cancelled' | 'lost';

export type Outcome = {
  tier: Tier;
  reason: EndReason;
  /** 128 + n after signal n, as shells have it; null unless the reason is `exit`. */
  exitCode: number | null;
  /** With `lost`: what happened, for the operator. */
  detail: string | null;
  stdout: string;
  stderr: string;
  /** Both, in the order in which they came. */
  output: readonly OutputPiece[];
  /** Whether the job wrote more than was kept. */
  truncated: boolean;
  /** How many processes were killed; 0 for a job that ended by itself. */
  killed: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  durationMs: number;
};

/** Runs strangers' programs. All that a job started is dead when `run` resolves; `run` rejects only on misuse. */
export type Sandbox = AsyncDisposable & {
  readonly tier: Tier;
  /** Those that have run here. */
  readonly languages: readonly Language[];
  /** Why it is no better tier and which languages are missing, in words. */
  readonly missing: readonly string[];
  run(order: JobOrder): Promise<Outcome>;
};

/** There is nothing here that could hold a job. */
export type Refusal = { readonly tier: null; readonly missing: readonly string[] };
