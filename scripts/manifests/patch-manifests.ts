import { deletion, type JsonPatch, jsonPatch, type Manifest, manifest } from './kustomization.ts';

type Target = { kind: string; name: string };
type Deleted = { kind: string; metadata: { name: string; namespace?: string } };

const isIt =
  ({ kind, name }: Target) =>
  (object: Manifest): boolean =>
    object.kind === kind && object.metadata.name === name;

/** Kustomize takes away nothing whose namespace the patch does not name. */
const isDeleted =
  ({ kind, metadata: { name, namespace } }: Deleted) =>
  (object: Manifest): boolean =>
    isIt({ kind, name })(object) && object.metadata.namespace === namespace;

/** The objects after one patch, which must hit exactly one of them. */
export function patched(objects: readonly Manifest[], patch: unknown, target?: Target): Manifest[] {
  if (target === undefined) {
    const { kind, metadata } = deletion.parse(patch);
    const aim = isDeleted({ kind, metadata });
    requireOne(objects.filter(aim), kind, metadata.name);
    return objects.filter((object) => !aim(object));
  }
  const aim = isIt(target);
  requireOne(objects.filter(aim), target.kind, target.name);
  const steps = jsonPatch.parse(patch);
  return objects.map((object) => (aim(object) ? manifest.parse(steps.reduce(applied, object)) : object));
}

function requireOne(hit: readonly Manifest[], kind: string, name: string): void {
  if (hit.length !== 1) throw new Error(`a patch is for one ${kind} ${name}, and there are ${hit.length}`);
}

/** One step of RFC 6902. */
function applied(before: unknown, { op, path, value }: JsonPatch[number]): unknown {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const root = structuredClone(before);
  const last = keys.pop() ?? '';
  let place: unknown = root;
  for (const key of keys) place = inner(place, key, path);
  if (op !== 'add') inner(place, last, path);
  if (Array.isArray(place))
    place.splice(last === '-' ? place.length : Number(last), op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  else if (typeof place !== 'object' || place === null) throw new Error(`nothing is at ${path}`);
  else if (op === 'remove') Reflect.deleteProperty(place, last);
  else Reflect.set(place, last, value);
  return root;
}

function inner(place: unknown, key: string, path: string): unknown {
  const found: unknown = typeof place === 'object' && place !== null ? Reflect.get(place, key) : undefined;
  if (found === undefined) throw new Error(`nothing is at ${path}`);
  return found;
}
