import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Holder } from '#lib/functions/lease';

/** What all holders of leases in one process have in common. */
export type HolderProcess = Omit<Holder, 'instance'>;

export function thisProcess(): HolderProcess {
  return { host: hostname(), pid: process.pid, place: place() };
}

/**
 * Whether a holder has certainly ended: its process id means something here, and nobody has it, or we do. A function has one
 * holder at a time in a process.
 */
export function isGone(other: Holder, self: Holder): boolean {
  if (other.place !== self.place || other.place === '' || other.instance === self.instance) return false;
  if (other.pid === self.pid) return true;
  try {
    process.kill(other.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Where process ids mean the same: one boot of one machine, one namespace. '' where that cannot be known. */
function place(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
