/** Not handed out by distributions, containers or systemd: https://systemd.io/UIDS-GIDS/ ("60578…61183 Unused"). */
const FIRST_UID = 60_578;
const LAST_UID = 61_183;

/** Who a job runs as, and whether that is somebody else than the worker. */
export type JobUser = { uid: number; gid: number; other: boolean };

/**
 * Where the worker is root, every running job has a user of its own, so that no limit and no permission is shared with
 * another job. Everywhere else a job is what the worker is.
 */
export class JobUsers {
  readonly #taken = new Set<number>();

  take(): JobUser {
    const [uid, gid] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1];
    if (uid !== 0) return { uid, gid, other: false };
    for (let candidate = FIRST_UID; candidate <= LAST_UID; candidate++) {
      if (this.#taken.has(candidate)) continue;
      this.#taken.add(candidate);
      return { uid: candidate, gid: candidate, other: true };
    }
    throw new Error(`More than ${LAST_UID - FIRST_UID + 1} jobs at once`);
  }

  giveBack({ uid }: JobUser): void {
    this.#taken.delete(uid);
  }
}
