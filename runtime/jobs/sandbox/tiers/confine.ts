import type { JobUser } from '../job-users.ts';
import type { JobOrder } from '../sandbox.ts';

/** A job on its way into a tier: descriptors 0 to 2 are there, and so is a user. */
type ConfinedOrder = {
  order: JobOrder;
  user: JobUser;
  descriptors: readonly [input: number, stdout: number, stderr: number];
};

/** How the processes of a job ended. `lost` says why nothing is known of the exit code. */
export type Ending = { exitCode: number; killed: number } | { lost: string; killed: number };

/** A job that runs in some tier. */
export type ConfinedJob = {
  /** Every process of the job is below this one. */
  readonly pid: number;
  /** Resolves when all processes of the job are dead. */
  readonly ended: Promise<Ending>;
  /** Kills them all. */
  stop(): Promise<void>;
  /** How much of the scratch disk is used. */
  scratch(processes: readonly number[]): ScratchUse;
  /** Removes what the job leaves behind. */
  cleanUp(): Promise<void>;
};

export type ScratchUse = { bytes: number; entries: number };

/** Starts a job. The one thing that the tiers do differently. */
export type Confine = (order: ConfinedOrder) => Promise<ConfinedJob>;
