/** One value of an input that is another one than before, as JSON text; null where there was or is none. */
type InputChange = { path: string; before: string | null; after: string | null };

/** What differs between two inputs, by the path of each value; null when one of them is no whole JSON. */
export function inputChanges(before: string, after: string): InputChange[] | null {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  if (old === null || now === null) return null;
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((path) => {
    const change = { path, before: old.get(path) ?? null, after: now.get(path) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/** How many values an input has; null when it is no JSON object. */
export function keyCount(text: string): number | null {
  return leavesOf(text)?.size ?? null;
}

function leavesOf(text: string): Map<string, string> | null {
  const leaves = new Map<string, string>();
  try {
    collect(JSON.parse(text), '', leaves);
  } catch {
    return null;
  }
  return leaves;
}

function collect(value: unknown, path: string, leaves: Map<string, string>): void {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (members.length === 0) leaves.set(path, JSON.stringify(value));
  for (const [name, member] of members) collect(member, path === '' ? name : `${path}.${name}`, leaves);
}
