import * as z from 'zod';
import type { Kustomization, Manifest } from './kustomization.ts';

const CLUSTER_WIDE = ['Namespace'];

const container = z.looseObject({ image: z.string() });
const withTemplate = z.looseObject({
  template: z.looseObject({
    metadata: z.looseObject({ labels: z.record(z.string(), z.string()).optional() }),
    spec: z.looseObject({ containers: z.array(container) }),
  }),
});

export function inNamespace(object: Manifest, namespace: string): Manifest {
  if (CLUSTER_WIDE.includes(object.kind)) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** On the object, and on the pods that it makes; never on what selects them, which must not change. */
export function labelled(object: Manifest, pairs: Record<string, string>): Manifest {
  const metadata = { ...object.metadata, labels: { ...object.metadata.labels, ...pairs } };
  return onTemplate({ ...object, metadata }, (template) => ({
    ...template,
    metadata: { ...template.metadata, labels: { ...template.metadata.labels, ...pairs } },
  }));
}

export function imagesNamed(object: Manifest, images: Kustomization['images']): Manifest {
  return onTemplate(object, (template) => ({
    ...template,
    spec: {
      ...template.spec,
      containers: template.spec.containers.map((each) => ({ ...each, image: named(each.image, images) })),
    },
  }));
}

function named(image: string, images: Kustomization['images']): string {
  const [name = '', tag = ''] = image.split(':');
  const wanted = images.find((each) => each.name === name);
  return wanted === undefined ? image : `${wanted.newName ?? name}:${wanted.newTag ?? tag}`;
}

type Template = z.infer<typeof withTemplate>['template'];

function onTemplate(object: Manifest, change: (template: Template) => Template): Manifest {
  const spec = withTemplate.safeParse(object.spec);
  return spec.success ? { ...object, spec: { ...spec.data, template: change(spec.data.template) } } : object;
}
