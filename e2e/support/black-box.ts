import type { Page } from 'playwright';
import { beforeEach, onTestFailed } from 'vitest';

const KEPT = 60;
const ANSWER_MS = 2_000;

const steps: string[] = [];
const pages = new Set<Page>();
const programs = new Set<{ output: string }>();

/** What a test does, for the day it fails where nobody can look: its last steps are printed with the failure. */
export function note(step: string): void {
  steps.push(`${new Date().toISOString().slice(11, 23)} ${step}`);
  if (steps.length > KEPT) steps.shift();
}

/** Takes down where a page is, as long as it is open. */
export function watchPage(page: Page): void {
  pages.add(page);
  page.on('close', () => pages.delete(page));
  page.on('framenavigated', (frame) => frame.parentFrame() === null && note(`page is at ${frame.url()}`));
}

/** Takes down what a started program says. */
export function watchProgram(program: { output: string }): void {
  programs.add(program);
}

/** To be called once in a test file's set-up: prints what was going on when a test fails. */
export function tellOnFailure(): void {
  beforeEach(() => {
    steps.length = 0;
    onTestFailed(async ({ task }) => {
      const seen = await Promise.all([...pages].map(seenOn));
      const said = [...programs].map(({ output }) => output.split('\n').slice(-15).join('\n'));
      process.stderr.write([`What was going on in: ${task.name}`, ...steps, ...seen, ...said, ''].join('\n'));
    });
    return () => programs.clear();
  });
}

/** Its address and the beginning of its text, unless it does not answer any more. */
async function seenOn(page: Page): Promise<string> {
  const text = page
    .evaluate(() => document.querySelector('main')?.textContent?.replace(/^(.{300}).*(.{900})$/s, '$1 … $2') ?? '')
    .catch(String);
  const silence = new Promise<string>((resolve) => setTimeout(resolve, ANSWER_MS, 'it does not answer').unref());
  return `${page.url()}: ${await Promise.race([text, silence])}`;
}
