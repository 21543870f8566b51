import {
  ALLOW,
  ASK,
  answer,
  failWith,
  type Instruction,
  KILL_PROCESS,
  loadArchitecture,
  loadArgument,
  loadNumber,
  unlessEqual,
  whenAnyBit,
  whenAtLeast,
  whenEqual,
} from './bpf.ts';
import { type Condition, conditionalRules, ENOSYS, EPERM, REFUSED, type Sockets } from './refusals.ts';
import { ARCHITECTURES, type Architecture, numberOf, type SystemCall } from './system-calls.ts';

/** __X32_SYSCALL_BIT of asm/unistd.h: calls of the x32 ABI have numbers of their own under the architecture of x86-64. */
const X32_BIT = 0x4000_0000;

const refuse = answer(failWith(EPERM));

/** The filter of a job: everything is allowed but what `refusals.ts` names. */
export function jobFilter(architecture: Architecture, sockets: Sockets): Instruction[] {
  const about = (call: SystemCall, block: readonly Instruction[]): Instruction[] => {
    const number = numberOf(call, architecture);
    return number === null ? [] : whenEqual(number, block);
  };
  return [
    // Without this check a 32-bit call would be taken for the 64-bit one that has its number: seccomp(2), "NOTES".
    loadArchitecture,
    ...unlessEqual(ARCHITECTURES[architecture].audit, [answer(KILL_PROCESS)]),
    loadNumber,
    ...(architecture === 'x64' ? whenAtLeast(X32_BIT, [answer(KILL_PROCESS)]) : []),
    ...Object.values(REFUSED)
      .flat()
      .flatMap((call) => about(call, [refuse])),
    // Its flags are behind a pointer, which no filter can follow; the C library falls back to clone.
    ...about('clone3', [answer(failWith(ENOSYS))]),
    ...conditionalRules(sockets).flatMap(({ call, conditions }) =>
      about(call, [...conditions.flatMap(check), answer(ALLOW)]),
    ),
    answer(ALLOW),
  ];
}

/** The filter that asks before a thread or a process begins; what `jobFilter` refuses is refused without asking. */
export function countingFilter(architecture: Architecture): Instruction[] {
  const calls = ['clone', 'fork', 'vfork'] as const;
  const numbers = calls.map((call) => numberOf(call, architecture)).filter((number) => number !== null);
  return [loadNumber, ...numbers.flatMap((number) => whenEqual(number, [answer(ASK)])), answer(ALLOW)];
}

function check(condition: Condition): Instruction[] {
  return [loadArgument(condition.argument), ...refuseUnlessMet(condition)];
}

function refuseUnlessMet(condition: Condition): Instruction[] {
  if ('mustNotHaveBits' in condition) return whenAnyBit(condition.mustNotHaveBits, [refuse]);
  if ('mustNotBeOneOf' in condition) return condition.mustNotBeOneOf.flatMap((value) => whenEqual(value, [refuse]));
  // One after the other, each jumps past those that follow and the refusal at their end.
  return condition.mustBeOneOf.reduceRight<Instruction[]>((rest, value) => unlessEqual(value, rest), [refuse]);
}
