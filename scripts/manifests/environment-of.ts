import type { Manifest } from './kustomization.ts';
import type { Workload } from './workloads.ts';

/** What a container's environment is as a kubelet makes it, where there are no Secrets. */
export function environmentOf(objects: readonly Manifest[], { metadata, spec }: Workload): Record<string, string> {
  const [{ envFrom, env }] = spec.template.spec.containers;
  const dataOf = (name: string): Record<string, string> => {
    const isIt = (each: Manifest) => each.kind === 'ConfigMap' && each.metadata.name === name;
    return Object(objects.find((each) => isIt(each) && each.metadata.namespace === metadata.namespace)?.data);
  };
  const fields = { 'metadata.namespace': metadata.namespace ?? 'default', 'spec.nodeName': 'a-node' };
  const own: Record<string, string> = {};
  for (const { name, value, valueFrom } of env) {
    const { configMapKeyRef, fieldRef } = valueFrom ?? {};
    // A value may refer to what stands before it; what it does not find, it keeps as it is written.
    const expanded = value?.replaceAll(/\$\((\w+)\)/g, (written, before: string) => own[before] ?? written);
    const found =
      expanded ??
      (fieldRef && fields[fieldRef.fieldPath]) ??
      (configMapKeyRef && dataOf(configMapKeyRef.name)[configMapKeyRef.key]);
    if (found !== undefined) own[name] = found;
  }
  return { ...Object.assign({}, ...envFrom.map(({ configMapRef }) => dataOf(configMapRef.name))), ...own };
}
