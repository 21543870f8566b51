import * as z from 'zod';
import { environment } from '../lib/config/environment.ts';

const INTRODUCTION = `# Configuration

Everything is set by environment variables, read once when a process starts. Without any, \`npm start\` shows the
machine that it runs on.

- **One name counts, others work.** Each setting has one canonical name. Names that other runtimes of this shape use
  are accepted in its place; the log then says which name supplied the value.
- **The canonical name wins.** Beside it, other names are ignored, and the log says so when they differ.
- **Two other names must agree.** \`INTERVAL=5\` beside \`POLL_INTERVAL_SECONDS=5.0\` is fine; two different values stop
  the start with a message that names both.
- **Empty means not set.**
- **Mistakes are reported all at once**, each by its name, and nothing starts until they are corrected.
- **Redis by parts.** \`REDIS_HOST\` and \`REDIS_PORT\` (each alone, too) or \`REDIS_IP\` make up a \`REDIS_URL\`. In
  Kubernetes, a Service called \`redis\` sets \`REDIS_PORT=tcp://…\` in every container; that one is ignored.

Numbers of seconds and hours may have decimals. This page is generated: \`npm run docs\` writes it from the definitions
in \`lib/config/environment.ts\`, and a test fails when the two differ.
`;

const setting = z.object({
  description: z.string(),
  section: z.string().optional(),
  aliases: z.array(z.string()).default([]),
  shownDefault: z.string().optional(),
  default: z.string().optional(),
  enum: z.array(z.string()).default([]),
  least: z.number().optional(),
  most: z.number().optional(),
});
type Setting = z.infer<typeof setting>;

const HEADER = ['Setting', 'Other names', 'Meaning', 'Default'];

/** The Markdown of `docs/configuration.md`. */
export function configurationReference(): string {
  const { properties } = z.toJSONSchema(environment, { io: 'input' });
  const sections: { title: string; rows: string[][] }[] = [];
  for (const [name, definition] of Object.entries(properties ?? {})) {
    const parsed = setting.parse(definition);
    if (parsed.section !== undefined) sections.push({ title: parsed.section, rows: [HEADER] });
    sections
      .at(-1)
      ?.rows.push([code(name), parsed.aliases.map(code).join(', '), meaning(parsed), shownDefault(parsed)]);
  }
  return [INTRODUCTION, ...sections.map(({ title, rows }) => `## ${title}\n\n${table(rows)}\n`)].join('\n');
}

function meaning({ description, enum: choices, least, most }: Setting): string {
  if (choices.length > 0) return `${description} One of ${choices.map(code).join(', ')}.`;
  return most === undefined ? description : `${description} From ${least} to ${most}.`;
}

function shownDefault({ shownDefault, default: value }: Setting): string {
  return shownDefault ?? (value === undefined ? 'not set' : code(value));
}

const code = (text: string): string => `\`${text}\``;

/** Columns are as wide as the formatter makes them, so that it has nothing to change in the written file. */
function table(rows: readonly string[][]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = HEADER.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const [header = [], ...body] = cells;
  const ruler = widths.map((width) => '-'.repeat(width));
  return [header, ruler, ...body]
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}
