import type { JobSummary } from '#lib/schemas/job';
import type { ApiClient } from '../../api/client.ts';
import { followJob } from '../../api/follow-job.ts';
import type { Cli } from '../../cli.ts';
import { waitOf } from './job-exit.ts';

type Following = {
  /** Whether it is written as it comes, or only waited for. */
  writesOutput: boolean;
  /** Whether it has just been submitted. */
  isNew: boolean;
};

/** Follows a job to its end. Ctrl-C leaves the job alone. */
export async function followToEnd(
  cli: Cli,
  api: ApiClient,
  id: number,
  { writesOutput, isNew }: Following,
): Promise<JobSummary | null> {
  const { out } = cli;
  const signal = cli.interruptible(
    `Job ${id} goes on. Come back: vigia jobs logs -f ${id}   End it: vigia jobs cancel ${id}`,
  );
  let attempts = 0;
  const onAway = (reason: string) => out.hint(`${reason}; trying again`);
  for await (const { event, data } of followJob(api, id, { signal, wasThere: isNew, onAway })) {
    if (event === 'end') return data;
    if (event === 'away') onAway('Redis does not answer');
    else if (event === 'output') {
      if (writesOutput) for (const { stream, text } of data.segments) out.text(stream, text);
    } else {
      if (data.status === 'WAITING') out.hint(`Job ${id} waits ${waitOf(data)}`);
      if (writesOutput && attempts > 0 && data.attempts > attempts) {
        out.say(`Job ${id} is started again, since its worker was lost: its output begins anew`);
      }
      attempts = data.attempts;
    }
  }
  return null;
}
