import * as z from 'zod';
import { endpoints } from '#lib/api/endpoints';
import { openApiDocument } from '#lib/api/openapi';

/** The parts of JSON Schema that the API's document uses and the page shows. */
export type Schema = {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  description?: string | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  anyOf?: Schema[] | undefined;
  oneOf?: Schema[] | undefined;
  items?: Schema | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
};

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
    items: schema.optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
  }),
);

const content = z.record(z.string(), z.object({ schema }));

const operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  'x-codeSamples': z.array(z.object({ source: z.string() })),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), description: z.string().optional(), schema })),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: content.optional() })),
});

const document = z.object({
  info: z.object({ version: z.string() }),
  servers: z.tuple([z.object({ url: z.string() })]),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

export type Operation = z.infer<typeof operation> & { method: string; path: string };

/** What `/api/v1/openapi.json` says, as the page shows it. */
export function readDocument() {
  const { info, servers, tags, paths, components } = document.parse(openApiDocument(endpoints));
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, each]): Operation => ({ ...each, method: method.toUpperCase(), path: servers[0].url + path }),
    ),
  );
  const sections = tags.map(({ name }) => ({ name, operations: operations.filter((each) => each.tags[0] === name) }));
  return { version: info.version, sections, models: Object.entries(components.schemas) };
}
