import { type Instruction, OPCODES } from './bpf.ts';

/** A system call as a filter sees it; absent arguments are 0. */
type Call = { number: number; architecture: number; args?: readonly (number | bigint)[] };

/** What a program answers to a call, by the rules of the kernel's classic BPF; throws where the kernel would refuse it. */
export function interpret(program: readonly Instruction[], { number, architecture, args = [] }: Call): number {
  const data = Buffer.alloc(64);
  data.writeInt32LE(number | 0, 0);
  data.writeUInt32LE(architecture, 4);
  args.forEach((argument, index) => {
    data.writeBigUInt64LE(BigInt.asUintN(64, BigInt(argument)), 16 + 8 * index);
  });
  let loaded = 0;
  for (let at = 0; at < program.length; at++) {
    const instruction = program[at];
    if (instruction === undefined) break;
    const value = instruction.value >>> 0;
    if (instruction.code === OPCODES.answer) return value;
    if (instruction.code === OPCODES.load) loaded = data.readUInt32LE(value);
    else at += holds(instruction.code, loaded, value) ? instruction.ifTrue : instruction.ifFalse;
  }
  throw new Error('The program ends without an answer');
}

function holds(code: number, loaded: number, value: number): boolean {
  if (code === OPCODES.equal) return loaded === value;
  if (code === OPCODES.atLeast) return loaded >= value;
  if (code === OPCODES.anyBit) return (loaded & value) !== 0;
  throw new Error(`No such instruction: ${code}`);
}
