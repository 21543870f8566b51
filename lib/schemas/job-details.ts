/** What the service itself says of an end, in a job's `detail`. Without zod, as the pages say it in their own words. */
export const JOB_DETAILS = {
  workerLost: 'its worker was lost',
  workerStopped: 'its worker was stopped, and it may not be started twice',
  accountDisabled: 'the account of its user was disabled',
  accountDeleted: 'the account of its user was deleted',
} as const;
export type JobDetail = (typeof JOB_DETAILS)[keyof typeof JOB_DETAILS];
