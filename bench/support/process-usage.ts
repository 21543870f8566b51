import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; Linux fixes it for programs. */
const TICKS = 100;

/** Proportional set size in bytes: what is shared counts in parts, so that the sum over processes is true. */
export function memoryOf(pid: number): number {
  const kib = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kib ?? Number.NaN) * 1024;
}

/** What all of its threads have spent on a CPU; to the nanosecond where the kernel counts so, else to 10 ms. */
export function cpuSecondsOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => sum + nanoseconds(`/proc/${pid}/task/${thread}/schedstat`), 0) / 1e9;
  } catch {
    const [, , ...fields] = statFields(pid);
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  }
}

/** What it, and those of its children that have ended, have spent on a CPU, to 10 ms. */
export function spentSecondsOf(pid: number): number {
  const [, , ...fields] = statFields(pid);
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS;
}

function nanoseconds(file: string): number {
  return Number(readFileSync(file, 'utf8').split(' ')[0]);
}

/** A process and all that it has started, by pid, with a word for what each is. */
export function processTree(root: number): Map<number, string> {
  const found = new Map<number, { parent: number; name: string }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const pid = Number(entry);
    try {
      found.set(pid, { parent: Number(statFields(pid)[3]), name: nameOf(pid) });
    } catch {
      // It ended while we looked.
    }
  }
  const belongs = (pid: number): boolean => {
    const parent = found.get(pid)?.parent;
    return pid === root || (parent !== undefined && belongs(parent));
  };
  return new Map([...found].filter(([pid]) => belongs(pid)).map(([pid, { name }]) => [pid, name]));
}

/** pid, name, state, parent, …; the name stands in parentheses and may hold anything. */
function statFields(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  return [text.slice(0, open).trim(), text.slice(open + 1, close), ...text.slice(close + 2).split(' ')];
}

function nameOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
  const script = words.findIndex((word) => /\.(ts|mjs|js|py)$/.test(word));
  const named = script === -1 ? words.slice(0, 1) : words.slice(script, script + 2);
  return named.map((word) => word.split('/').at(-1)).join(' ');
}
