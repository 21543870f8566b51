import * as z from 'zod';
import type { Manifest } from './kustomization.ts';

const reference = z.object({ name: z.string(), key: z.string(), optional: z.boolean().default(false) });
const probe = z.object({
  httpGet: z.object({ path: z.string(), port: z.string() }).optional(),
  exec: z.object({ command: z.array(z.string()) }).optional(),
  timeoutSeconds: z.number().default(1),
});
const quantities = z.object({ cpu: z.string(), memory: z.string() });

const container = z.object({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })).default([]),
  env: z
    .array(
      z.object({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z
          .object({
            configMapKeyRef: reference.optional(),
            secretKeyRef: reference.optional(),
            fieldRef: z.object({ fieldPath: z.enum(['metadata.namespace', 'spec.nodeName']) }).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number(), hostPort: z.never().optional() })),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  // Programs learn at once that they are to stop, and take the time that they need.
  lifecycle: z.never().optional(),
  resources: z.object({ requests: quantities, limits: quantities }),
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]), add: z.never().optional() }),
    privileged: z.never().optional(),
  }),
  volumeMounts: z.array(
    z.object({
      name: z.string(),
      mountPath: z.string(),
      subPath: z.string().optional(),
      readOnly: z.boolean().default(false),
    }),
  ),
});

const pod = z.object({
  hostNetwork: z.never().optional(),
  hostPID: z.never().optional(),
  hostIPC: z.never().optional(),
  automountServiceAccountToken: z.literal(false),
  enableServiceLinks: z.literal(false),
  terminationGracePeriodSeconds: z.number(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z.array(z.object({ operator: z.string(), key: z.string().optional() })).default([]),
  topologySpreadConstraints: z.array(z.looseObject({ topologyKey: z.string() })).default([]),
  securityContext: z.object({
    runAsNonRoot: z.literal(true),
    runAsUser: z.number().positive(),
    runAsGroup: z.number().positive(),
    seccompProfile: z.object({ type: z.literal('RuntimeDefault') }),
  }),
  containers: z.tuple([container]),
  initContainers: z.never().optional(),
  volumes: z
    .array(
      z.object({
        name: z.string(),
        hostPath: z.object({ path: z.string() }).optional(),
        emptyDir: z.strictObject({ sizeLimit: z.string() }).optional(),
        configMap: z.object({ name: z.string(), optional: z.boolean().default(false) }).optional(),
      }),
    )
    .default([]),
});

/** What makes pods, as strict as all of them are to be: each holds to the restricted standard in all but its volumes. */
const workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  spec: z.object({
    replicas: z.number().optional(),
    strategy: z.object({ rollingUpdate: z.object({ maxSurge: z.number(), maxUnavailable: z.number() }) }).optional(),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }), spec: pod }),
  }),
});
export type Workload = z.infer<typeof workload>;

export function workloads(objects: readonly Manifest[]): Workload[] {
  const kinds: string[] = workload.shape.kind.options;
  return objects.filter(({ kind }) => kinds.includes(kind)).map((object) => workload.parse(object));
}
