import * as z from 'zod';
import { session, token, user } from '#lib/schemas/account';
import { functionList, functionReading, identity, problem, settingsReading } from '#lib/schemas/api';
import { auditEntry } from '#lib/schemas/audit';
import { exportedHistory } from '#lib/schemas/export';
import { failure, functionState } from '#lib/schemas/function';
import { historyEntry } from '#lib/schemas/history';
import { invocationSummary } from '#lib/schemas/invocation';
import { job, jobSummary } from '#lib/schemas/job';
import { jobQueue } from '#lib/schemas/job-queue';
import { overview, overviewCard } from '#lib/schemas/overview';
import { actor, layeredSetting, listedVersion } from '#lib/schemas/record';
import program from '../../package.json' with { type: 'json' };
import { curlOf } from './curl.ts';
import type { Access, Endpoint } from './endpoint.ts';
import { pathParams } from './path-params.ts';
import { refusalsOf } from './refusals.ts';
import { BASE } from './router.ts';

type Json = Record<string, unknown>;

/** What has a name in the document; everything else stands where it is used. */
const MODELS = {
  Problem: problem,
  FunctionState: functionState,
  FunctionList: functionList,
  FunctionReading: functionReading,
  Failure: failure,
  HistoryEntry: historyEntry,
  ExportedHistory: exportedHistory,
  InvocationSummary: invocationSummary,
  Overview: overview,
  OverviewCard: overviewCard,
  Settings: settingsReading,
  Setting: layeredSetting,
  Actor: actor,
  Job: job,
  JobSummary: jobSummary,
  JobQueue: jobQueue,
  Version: listedVersion,
  Identity: identity,
  Session: session,
  Token: token,
  User: user,
  AuditEntry: auditEntry,
};

const SECURITY = [{ session: [] }, { token: [] }, { password: [] }];
const SECURITY_OF = {
  public: [],
  reader: [{}, ...SECURITY],
  user: SECURITY,
  admin: SECURITY,
} as const satisfies Record<Access, readonly object[]>;

const WHO = {
  public: 'Anybody.',
  reader: 'Anybody; with `DASHBOARD_AUTH=required` whoever is signed in.',
  user: 'Whoever is signed in.',
  admin: 'Admins.',
} as const satisfies Record<Access, string>;

/** The OpenAPI 3.1 document of some endpoints: all of it is derived from their schemas. */
export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const schemas = new Schemas(endpoints);
  const paths: Record<string, Record<string, Json>> = {};
  for (const each of endpoints) {
    const others = paths[each.path] ?? {};
    const method = each.method.toLowerCase();
    const operation = operationOf(each, schemas);
    const known = others[method];
    paths[each.path] = { ...others, [method]: known === undefined ? operation : merged(known, operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Vigia', version: program.version, summary: program.description },
    servers: [{ url: BASE }],
    tags: [...new Set(endpoints.map(({ section }) => section))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'vigia', description: '`__Host-vigia` over https.' },
        token: { type: 'http', scheme: 'bearer' },
        password: { type: 'http', scheme: 'basic' },
      },
    },
  };
}

/** One path and method that takes two media types is one operation. */
function merged(first: Json, second: Json): Json {
  const [a, b] = [withBody.parse(first), withBody.parse(second)];
  const known = new Set(a.parameters.map(({ name }) => name));
  return {
    ...first,
    'x-codeSamples': [...a['x-codeSamples'], ...b['x-codeSamples']],
    parameters: [...a.parameters, ...b.parameters.filter(({ name }) => !known.has(name))],
    requestBody: { required: true, content: { ...a.requestBody.content, ...b.requestBody.content } },
  };
}

const withBody = z.object({
  'x-codeSamples': z.array(z.unknown()),
  parameters: z.array(z.looseObject({ name: z.string() })),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()) }),
});

function operationOf(endpoint: Endpoint, schemas: Schemas): Json {
  const { id, section, summary, description, access, body, answer } = endpoint;
  return {
    operationId: id,
    tags: [section],
    summary,
    description: [description, WHO[access]].filter((each) => each !== undefined).join(' '),
    'x-access': access,
    'x-codeSamples': [{ lang: 'Shell', source: curlOf(endpoint) }],
    security: SECURITY_OF[access],
    parameters: parametersOf(endpoint),
    ...(body === null
      ? {}
      : { requestBody: { required: true, content: { [body.media]: { schema: inputSchema(body.schema) } } } }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.media === null ? {} : { content: { [answer.media]: { schema: schemas.answer(endpoint) } } }),
      },
      ...Object.fromEntries(
        refusalsOf(endpoint).map(({ status, title }) => [
          status,
          {
            description: title,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  };
}

function parametersOf({ params, query, checksRevision, isIdempotent }: Endpoint): Json[] {
  const text = { type: 'string' };
  const inPath = params.map((name) => {
    const { description, example, ...schema } = inputSchema(pathParams[name]);
    return { name, in: 'path', required: true, description, example, schema };
  });
  const inQuery = Object.entries(query.shape).map(([name, each]) => {
    const { description, default: _parsed, ...schema } = inputSchema(each);
    return { name, in: 'query', required: false, description, schema };
  });
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: text,
  });
  return [
    ...inPath,
    ...inQuery,
    ...(checksRevision
      ? [header('If-Match', 'The ETag that the change is based on; 412 when it is not the newest.')]
      : []),
    ...(isIdempotent
      ? [header('Idempotency-Key', 'Your own name for this request: sent again within 24 h, it has no further effect.')]
      : []),
  ];
}

function inputSchema(schema: z.core.$ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable });
  return json;
}

/** The only thing that JSON cannot be: the bytes of an archive. */
const unrepresentable = () => ({ type: 'string', contentMediaType: 'application/zip' }) as const;

/** Answers by name: models, and what an endpoint answers under the name of its operation. */
class Schemas {
  readonly components: Record<string, Json>;
  readonly #registry = z.registry<{ id: string }>();

  constructor(endpoints: readonly Endpoint[]) {
    for (const [id, schema] of Object.entries(MODELS)) this.#registry.add(schema, { id });
    for (const { id, answer } of endpoints) {
      if (answer.media === 'application/json' && !this.#registry.has(answer.schema)) {
        this.#registry.add(answer.schema, { id: `${id[0]?.toUpperCase()}${id.slice(1)}Answer` });
      }
    }
    const uri = (id: string) => `#/components/schemas/${id}`;
    const { schemas } = z.toJSONSchema(this.#registry, { uri });
    this.components = Object.fromEntries(
      Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
    );
  }

  answer({ answer }: Endpoint): Json {
    const id = this.#registry.get(answer.schema)?.id;
    if (id !== undefined) return { $ref: `#/components/schemas/${id}` };
    return answer.media === 'text/csv' ? { type: 'string' } : unrepresentable();
  }
}
