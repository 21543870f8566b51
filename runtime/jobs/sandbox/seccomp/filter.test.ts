import { describe, expect, test } from 'vitest';
import { ALLOW, encode, failWith, KILL_PROCESS } from './bpf.ts';
import { jobFilter } from './filter.ts';
import { interpret } from './interpret.fixture.ts';
import { ENOSYS, EPERM, REFUSED } from './refusals.ts';
import { ARCHITECTURES, type Architecture, numberOf, type SystemCall } from './system-calls.ts';

const CLONE_THREAD_FLAGS = 0x3d_0f00;
const CLONE_NEWUSER = 0x1000_0000;
const AF = { unix: 1, inet: 2, inet6: 10, netlink: 16, packet: 17, alg: 38, vsock: 40 };
const refused = failWith(EPERM);

describe.each(['x64', 'arm64'] satisfies Architecture[])('the filter of %s', (architecture) => {
  const ask = (
    call: SystemCall,
    args: readonly (number | bigint)[] = [],
    sockets = { unix: true, internet: false },
  ): number => {
    const number = numberOf(call, architecture);
    if (number === null) throw new Error(`${architecture} has no ${call}`);
    return interpret(jobFilter(architecture, sockets), {
      number,
      architecture: ARCHITECTURES[architecture].audit,
      args,
    });
  };
  const named = Object.values(REFUSED).flat();

  test.each(named.filter((call) => numberOf(call, architecture) !== null))('refuses %s', (call) => {
    expect(ask(call)).toBe(refused);
  });

  test('allows every number that it does not name', () => {
    const spokenOf = new Set<number | null>([...named, 'clone3' as const].map((call) => numberOf(call, architecture)));
    const program = jobFilter(architecture, { unix: true, internet: true });
    const audit = ARCHITECTURES[architecture].audit;
    const denied = Array.from({ length: 600 }, (_, number) => number).filter(
      (number) => !spokenOf.has(number) && interpret(program, { number, architecture: audit, args: [1, 0] }) !== ALLOW,
    );
    // With these arguments: another process' scheduling, limits or personality; socket(AF_UNIX) is allowed.
    const conditional = [
      'personality',
      'prlimit64',
      'sched_setaffinity',
      'sched_setscheduler',
      'sched_setparam',
      'sched_setattr',
      'setpriority',
    ] satisfies SystemCall[];
    expect(denied).toEqual(conditional.map((call) => numberOf(call, architecture) ?? -1).sort((a, b) => a - b));
  });

  test('kills what calls under another architecture', () => {
    const other = architecture === 'x64' ? 'arm64' : 'x64';
    const program = jobFilter(architecture, { unix: true, internet: true });
    for (const audit of [ARCHITECTURES[other].audit, 0x4000_0003, 0]) {
      expect(interpret(program, { number: 0, architecture: audit })).toBe(KILL_PROCESS);
    }
  });

  test('lets processes and threads begin, but not in namespaces of their own', () => {
    expect(ask('clone', [CLONE_THREAD_FLAGS])).toBe(ALLOW);
    expect(ask('clone', [17])).toBe(ALLOW);
    for (const flag of [0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, CLONE_NEWUSER, 0x2000_0000, 0x4000_0000]) {
      expect(ask('clone', [flag | 17])).toBe(refused);
    }
    expect(ask('clone3')).toBe(failWith(ENOSYS));
  });

  test('is not deceived by upper halves that the kernel drops', () => {
    const upper = 0xdead_beefn << 32n;
    expect(ask('ioctl', [0, upper | 0x5412n])).toBe(refused);
    expect(ask('clone', [upper | BigInt(CLONE_NEWUSER)])).toBe(refused);
    expect(ask('socket', [upper | BigInt(AF.inet)])).toBe(refused);
    expect(ask('prlimit64', [upper | 7n])).toBe(refused);
  });

  test.each([
    { unix: false, internet: false, allowed: [] },
    { unix: true, internet: false, allowed: [AF.unix] },
    { unix: false, internet: true, allowed: [AF.inet, AF.inet6] },
    { unix: true, internet: true, allowed: [AF.unix, AF.inet, AF.inet6] },
  ])('sockets with unix: $unix, internet: $internet', ({ allowed, ...sockets }) => {
    const families = Object.values(AF).filter((family) => ask('socket', [family, 1, 0], sockets) === ALLOW);
    expect(families).toEqual(allowed);
    expect(ask('socketpair', [AF.unix], sockets)).toBe(ALLOW);
    expect(ask('socketpair', [AF.inet], sockets)).toBe(refused);
  });

  test('a process may set its own limits and priority, and nobody else’s', () => {
    expect(ask('prlimit64', [0, 7])).toBe(ALLOW);
    expect(ask('prlimit64', [1234, 7])).toBe(refused);
    expect(ask('sched_setaffinity', [0])).toBe(ALLOW);
    expect(ask('sched_setaffinity', [1234])).toBe(refused);
    expect(ask('setpriority', [0, 0, 19])).toBe(ALLOW);
    expect(ask('setpriority', [0, 1234, 19])).toBe(refused);
    expect(ask('setpriority', [2, 0, 19])).toBe(refused);
    expect(ask('ioprio_set', [1, 0, 0])).toBe(ALLOW);
    expect(ask('ioprio_set', [3, 0, 0])).toBe(refused);
  });

  test('nobody types into a terminal; other requests to devices pass', () => {
    expect(ask('ioctl', [0, 0x5412])).toBe(refused);
    expect(ask('ioctl', [0, 0x541c])).toBe(refused);
    expect(ask('ioctl', [0, 0x5401])).toBe(ALLOW);
  });

  test('is a program of the size that the kernel takes', () => {
    const bytes = encode(jobFilter(architecture, { unix: true, internet: true }));
    expect(bytes.length % 8).toBe(0);
    expect(bytes.length / 8).toBeLessThan(4_096);
  });
});

test('x32 calls are killed', () => {
  const program = jobFilter('x64', { unix: true, internet: true });
  const architecture = ARCHITECTURES.x64.audit;
  expect(interpret(program, { number: 0x4000_0000, architecture })).toBe(KILL_PROCESS);
  expect(interpret(program, { number: 0x4000_0000 + 101, architecture })).toBe(KILL_PROCESS);
  expect(interpret(program, { number: -1, architecture })).toBe(KILL_PROCESS);
});
