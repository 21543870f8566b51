import { expect, test } from 'vitest';
import { commands } from './commands.ts';
import { globalOptions } from './global-options.ts';
import { findCommand } from './parse/find-command.ts';
import { optionsOf, parseCall } from './parse/parse-call.ts';

test('no name is the beginning of another one', () => {
  const names = commands.map(({ name }) => name);
  expect(names.filter((name) => names.some((other) => other !== name && `${other} `.startsWith(`${name} `)))).toEqual(
    [],
  );
});

test.each(commands.map((each) => [each.name, each] as const))(
  '%s: letters are given once, and examples work',
  (_, each) => {
    const letters = Object.values(optionsOf(each)).flatMap(({ short }) => short ?? []);
    expect(new Set(letters).size).toBe(letters.length);
    expect(Object.keys(each.options).filter((name) => name in globalOptions)).toEqual([]);
    expect(each.examples.length).toBeGreaterThan(0);
    for (const example of each.examples) {
      const [, line = ''] = /vigia (.*?)(?: [<>].*)?$/.exec(example) ?? [];
      const argv = line.match(/"[^"]*"|\S+/g) ?? [];
      expect(findCommand(commands, argv)).toMatchObject({ kind: 'command', command: each });
      expect(() => parseCall(each, argv)).not.toThrow();
    }
  },
);
