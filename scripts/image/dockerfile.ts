export type Instruction = {
  /** In capitals: `COPY`. */
  keyword: string;
  /** Without their dashes: `from` → `packages`. */
  flags: ReadonlyMap<string, string>;
  /** What follows the flags, on one line. */
  rest: string;
};

type Stage = { name: string; from: string; instructions: Instruction[] };

/** Reads the Dockerfile syntax that every builder knows; throws at what only some do. */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of logicalLines(text)) {
    if (line.includes('<<')) throw new Error(`a heredoc: ${line}`);
    const instruction = parseInstruction(line);
    if (instruction.keyword === 'FROM') {
      const [from = '', as = '', name = ''] = instruction.rest.split(/\s+/);
      if (as.toUpperCase() !== 'AS' || name === '') throw new Error(`a stage without a name: ${line}`);
      stages.push({ name, from, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`before the first stage: ${line}`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

/** A stage with those that it is based on, the base first. */
export function lineage(stages: readonly Stage[], name: string): Instruction[] {
  const stage = stages.find((each) => each.name === name);
  return stage === undefined ? [] : [...lineage(stages, stage.from), ...stage.instructions];
}

/** The words of an instruction in JSON form, as `["tini", "--"]`; throws at the shell form. */
export function words({ keyword, rest }: Instruction): string[] {
  const parsed: unknown = rest.startsWith('[') ? JSON.parse(rest) : null;
  if (!Array.isArray(parsed) || !parsed.every((word) => typeof word === 'string'))
    throw new Error(`${keyword} ${rest} starts a shell`);
  return parsed;
}

/** What an `ENV` sets; nothing of any other instruction. */
export function variables({ keyword, rest }: Instruction): [string, string][] {
  if (keyword !== 'ENV') return [];
  return [...rest.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]);
}

function logicalLines(text: string): string[] {
  const uncommented = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
  return uncommented
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function parseInstruction(line: string): Instruction {
  const [, keyword = '', after = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
  if (keyword === '') throw new Error(`no instruction: ${line}`);
  const flags = new Map<string, string>();
  let rest = after;
  for (let flag = FLAG.exec(rest); flag !== null; flag = FLAG.exec(rest)) {
    flags.set(flag[1] ?? '', flag[2] ?? '');
    rest = rest.slice(flag[0].length);
  }
  return { keyword, flags, rest };
}

const FLAG = /^--([a-z-]+)(?:=(\S+))?\s+/;
