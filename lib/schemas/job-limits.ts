const MIB = 1024 * 1024;

/** What every job may have, besides its time. Without zod, as the pages say them too. */
export const JOB_LIMITS = {
  memoryBytes: 256 * MIB,
  processes: 64,
  /** Of stdout and stderr together, in bytes of UTF-8. */
  outputBytes: MIB,
  scratchBytes: 16 * MIB,
} as const;
