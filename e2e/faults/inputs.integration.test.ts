import { describe, expect, test } from 'vitest';
import { functionOnChange } from '../support/function-on-change.ts';
import { limit } from '../support/limit.ts';
import { startRoleProcess } from '../support/role-process.ts';
import { roleSuite } from '../support/role-suite.ts';

const suite = roleSuite();
const { code, open } = suite;

const MIB = 1024 * 1024;

const sizes = {
  py: 'def handler(event, context):\n    return {"n": event["n"], "size": len(event["x"]) if "x" in event else 0}\n',
  mjs: 'export const handler = ({ n, x }) => ({ n, size: x?.length ?? 0 });\n',
};

test.each(['py', 'mjs'] as const)(
  'the runtime of a .%s function never parses an input, and is not held up by the strangest one',
  async (ending) => {
    const file = code(`sizes.${ending}`, sizes[ending]);
    const { under, input, env } = suite.surroundings({ FUNCTION_PATH: file, MONITORING_PERIOD: '0.02' });
    const results = await under.results();
    await under.redis.set(input, '{"n": 0}');
    const runtime = await startRoleProcess('functions', env, 'watched-parses.mjs');
    open.push(runtime);
    const report = async () => {
      const [, longest, heldUpMs] = (await runtime.ask(/^watched /)).split(' ');
      return { longest: Number(longest), heldUpMs: Number(heldUpMs) };
    };
    const worked = async (text: string, n: number) => {
      await under.redis.set(input, text);
      for (;;) {
        const result = JSON.parse((await results.next()).result ?? '{}');
        if (result.n === n) return result;
      }
    };
    const problem = async (text: string, expected: RegExp) => {
      await under.redis.set(input, text);
      await expect.poll(async () => (await under.state())?.input.problem, { timeout: 15_000 }).toMatch(expected);
    };
    await worked('{"n": 1}', 1);
    await report();
    // Longer than any state or settings that the runtime does parse.
    const large = 'x'.repeat(7 * MIB);
    expect(await worked(`{"n": 2, "x": "${large}"}`, 2)).toEqual({ n: 2, size: large.length });
    await worked('{"n": 3}', 3);
    await problem(`{"n": 4, "x": "${large}"`, /^not JSON: /);
    await problem(`{"n": 5, "x": "${large}${large}"}`, /^larger than 8 MiB$/);
    await worked('{"n": 6}', 6);
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    // Python says that it cannot read it; JavaScript can, and gives it to the handler.
    if (ending === 'py') await problem(`{"n": 7, "deep": ${deep}}`, /^not JSON: nested too deeply$/);
    else await worked(`{"n": 7, "deep": ${deep}}`, 7);
    await worked('{"n": 8}', 8);
    const { longest, heldUpMs } = await report();
    expect(longest).toBeLessThan(100_000);
    expect(heldUpMs).toBeLessThan(limit(1_000));
    expect((await under.state())?.ticks.failed).toBe(0);
  },
  60_000,
);

describe('keys that would change every object', () => {
  const text =
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}, "__class__": {"polluted": 3}, "n": 1}';
  const pollution = {
    py: 'def handler(event, context):\n    context.env.update(event)\n    return {"polluted": hasattr(object(), "polluted") or hasattr(context, "polluted"), "seen": event, "context": type(context).__name__}\n',
    mjs: `export function handler(event, context) {
  Object.assign(context.env, { kept: event });
  return { polluted: 'polluted' in {} || 'polluted' in context || 'polluted' in (() => {}), own: Object.keys(event), seen: event };
}
`,
  };
  test.each(['py', 'mjs'] as const)('are only keys in a .%s function, its result and its env', async (ending) => {
    const { under, run } = await functionOnChange(suite, { FUNCTION_PATH: code(`proto.${ending}`, pollution[ending]) });
    const { result } = await run(text);
    const seen = JSON.parse(result ?? '');
    expect(seen.polluted).toBe(false);
    expect(JSON.stringify(seen.seen)).toBe(JSON.stringify(JSON.parse(text)));
    // The state and all that the runtime keeps of the function was read and written with these names in reach.
    expect(await under.state()).toMatchObject({ status: 'running', failure: null });
    expect('polluted' in {}).toBe(false);
    expect((await run(`${text} `)).result).toBe(result);
  });
});
