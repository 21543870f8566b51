/**
 * Classic BPF as seccomp reads it: a program over `struct seccomp_data { int nr; u32 arch; u64 ip; u64 args[6]; }`.
 * https://www.kernel.org/doc/html/latest/networking/filter.html and seccomp(2).
 */
export type Instruction = { code: number; ifTrue: number; ifFalse: number; value: number };

/** BPF_LD | BPF_W | BPF_ABS, BPF_JMP | BPF_JEQ/JGE/JSET | BPF_K, BPF_RET | BPF_K of linux/bpf_common.h. */
export const OPCODES = { load: 0x20, equal: 0x15, atLeast: 0x35, anyBit: 0x45, answer: 0x06 } as const;

/** SECCOMP_RET_* of linux/seccomp.h. */
export const ALLOW = 0x7fff_0000;
export const KILL_PROCESS = 0x8000_0000;
/** Asks the process that holds the listener: seccomp_unotify(2). */
export const ASK = 0x7fc0_0000;
export const failWith = (errno: number): number => 0x0005_0000 | errno;

const NUMBER_OFFSET = 0;
const ARCHITECTURE_OFFSET = 4;
const ARGUMENTS_OFFSET = 16;

const jump = (code: number, value: number, ifTrue: number, ifFalse: number): Instruction => {
  // The kernel's offsets are bytes, and count from the next instruction.
  if (Math.max(ifTrue, ifFalse) > 255) throw new RangeError('A jump of more than 255 instructions');
  return { code, value, ifTrue, ifFalse };
};
const load = (offset: number): Instruction => ({ code: OPCODES.load, ifTrue: 0, ifFalse: 0, value: offset });

export const loadNumber = load(NUMBER_OFFSET);
export const loadArchitecture = load(ARCHITECTURE_OFFSET);
/**
 * The low 32 bits of an argument on a little-endian machine. They are all there is to check: the arguments that we look at
 * are `int` or flags below 2³², and the kernel itself drops the rest, so comparing it would open a way around the filter.
 */
export const loadArgument = (index: number): Instruction => load(ARGUMENTS_OFFSET + 8 * index);

export const answer = (action: number): Instruction => ({ code: OPCODES.answer, ifTrue: 0, ifFalse: 0, value: action });

/** Runs `block`, which must end with an answer, when the loaded value equals; else goes on after it. */
export const whenEqual = (value: number, block: readonly Instruction[]): Instruction[] => [
  jump(OPCODES.equal, value, 0, block.length),
  ...block,
];
export const unlessEqual = (value: number, block: readonly Instruction[]): Instruction[] => [
  jump(OPCODES.equal, value, block.length, 0),
  ...block,
];
export const whenAtLeast = (value: number, block: readonly Instruction[]): Instruction[] => [
  jump(OPCODES.atLeast, value, 0, block.length),
  ...block,
];
export const whenAnyBit = (mask: number, block: readonly Instruction[]): Instruction[] => [
  jump(OPCODES.anyBit, mask, 0, block.length),
  ...block,
];

/** `struct sock_filter[]` in the byte order of both architectures that we support. */
export function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(({ code, ifTrue, ifFalse, value }, index) => {
    const at = index * 8;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(ifTrue, at + 2);
    bytes.writeUInt8(ifFalse, at + 3);
    bytes.writeUInt32LE(value >>> 0, at + 4);
  });
  return bytes;
}
