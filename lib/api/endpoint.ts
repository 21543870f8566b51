import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { RequestFacts } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';
import { type ErrorCode, VigiaError } from '#lib/errors';
import { parseInput } from '#lib/parse-input';
import type { AuditedChange } from '#lib/schemas/audit';
import type { AnswerKind, BodyKind } from './media.ts';
import { type NamesIn, type ParamName, pathParams } from './path-params.ts';

/** `reader`: anybody, unless `DASHBOARD_AUTH` wants readers to sign in. */
export type Access = 'public' | 'reader' | 'user' | 'admin';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Under which heading the documentation has it. */
type Section = 'Session' | 'Users' | 'Tokens' | 'Functions' | 'Settings' | 'Code' | 'Live data' | 'Jobs' | 'Program';

/** Whether one must be signed in, however Vigia is set up. */
export function isGuarded(access: Access): access is 'user' | 'admin' {
  return access === 'user' || access === 'admin';
}

type CallerOf<A extends Access> = A extends 'user' | 'admin' ? Caller : Caller | null;

/** What a handler is called with: all of it checked by the schemas. */
type Call<Path, A extends Access, Query, Body> = {
  caller: CallerOf<A>;
  params: { [K in NamesIn<Path> & ParamName]: z.output<(typeof pathParams)[K]> };
  query: Query;
  body: Body;
  /** Of `If-Match`: the revision that the change is based on. */
  revision: number | undefined;
  /** Of `Idempotency-Key`, for a verb that keeps it together with what it does. */
  key: string | undefined;
  facts: RequestFacts;
};

export type Answered<Body> = {
  /** A long one may come as its text, in parts. */
  body: Body | AsyncGenerator<string>;
  /** The revision of what was read or changed, for the `ETag`. */
  revision?: number;
  /** Where that is which was made, below `/api/v1`. */
  location?: string;
  /** The name under which a download is to be saved. */
  fileName?: string;
  /** What the browser's cookie is to hold from now on; null for nothing. */
  session?: string | null;
};

/** `by` names who did it where that is not the caller: nobody is one yet when they sign in. */
type Audited = AuditedChange & { by?: Pick<Caller, 'uid' | 'name'> };

/** Whatever is not a read says what it has changed, for the audit; null for nothing that anybody would look for. */
type Reply<M extends Method, Body> = Answered<Body> & (M extends 'GET' ? object : { audit: Audited | null });

type Definition<
  M extends Method,
  Path extends string,
  A extends Access,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = {
  /** Its operationId. */
  id: string;
  section: Section;
  method: M;
  /** Below `/api/v1`, with parameters of {@link pathParams} in braces. */
  path: Path;
  /** One sentence, in the imperative. */
  summary: string;
  /** What else a caller must know. */
  description?: string;
  access: A;
  /** Everybody may ask, but who is signed in is told more. */
  tellsCallers?: true;
  /** All that a query may hold; without it, nothing. */
  query?: Query;
  body?: BodyKind<Body>;
  answer: AnswerKind<Answer>;
  /** How it can refuse beyond what its access, body and parameters imply. */
  refusals?: readonly ErrorCode[];
  /** Takes `If-Match`. */
  checksRevision?: true;
  /** Takes `Idempotency-Key`. */
  isIdempotent?: true;
  /** Its verb keeps the key together with what it does, and says how that is by now: no answer is kept. */
  keepsKey?: true;
  /** A call that works, for the documentation and for the test that makes it. */
  example: {
    query?: z.input<Query>;
    /** It works with a password or a session, and with no token. */
    asPerson?: true;
  } & (z.ZodType extends Body ? object : { body: z.input<Body> });
  handle(ctx: Context, call: Call<Path, A, z.output<Query>, z.output<Body>>): Promise<Reply<M, z.output<Answer>>>;
};

/** A request as the transport leaves it: who sent it is known, what it says is not checked yet. */
export type RawCall = {
  caller: Caller | null;
  params: Record<string, string>;
  query: Record<string, string>;
  body: unknown;
  revision: number | undefined;
  key: string | undefined;
  facts: RequestFacts;
};

/** An endpoint among others: what the table, the router and the document need of it. */
export type Endpoint = {
  id: string;
  section: Section;
  method: Method;
  path: string;
  params: readonly ParamName[];
  summary: string;
  description: string | undefined;
  access: Access;
  tellsCallers: boolean;
  query: z.ZodObject;
  body: BodyKind<z.ZodType> | null;
  answer: AnswerKind<z.ZodType>;
  refusals: readonly ErrorCode[];
  checksRevision: boolean;
  isIdempotent: boolean;
  keepsKey: boolean;
  example: { query?: Record<string, unknown>; body?: unknown; asPerson?: true };
  run(ctx: Context, call: RawCall): Promise<Reply<Method, unknown>>;
};

/**
 * Defines an endpoint. There is no other way to have a route, so that there is none without its schemas, its access rule
 * and an example.
 */
export function endpoint<
  M extends Method,
  const Path extends string,
  A extends Access,
  Answer extends z.ZodType,
  Query extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>, z.core.$strict>,
  Body extends z.ZodType = z.ZodType,
>(
  definition: Definition<M, Path, A, Query, Body, Answer> & (NamesIn<Path> extends ParamName ? object : never),
): Endpoint {
  const { path, access, query = z.strictObject({}), body = null } = definition;
  const params = paramsIn(path);
  return {
    description: undefined,
    refusals: [],
    ...definition,
    query,
    body,
    params,
    tellsCallers: definition.tellsCallers === true,
    checksRevision: definition.checksRevision === true,
    isIdempotent: definition.isIdempotent === true,
    keepsKey: definition.keepsKey === true,
    async run(ctx, raw) {
      const call = {
        ...raw,
        params: parseParams(params, raw.params),
        query: parseInput(query, raw.query),
        body: body === null ? undefined : parseInput(body.schema, raw.body),
      };
      return await definition.handle(ctx, checked<Call<Path, A, z.output<Query>, z.output<Body>>>(access, call));
    },
  };
}

/**
 * The call of a handler whose schemas have parsed `params`, `query` and `body`. The compiler cannot tie the parameters to
 * the path, nor the caller to the access; this does, and it is the only place.
 */
function checked<C>(access: Access, call: Omit<RawCall, 'params'> & { params: object }): C {
  if (isGuarded(access) && call.caller === null) throw new VigiaError('unauthenticated', 'Sign in first');
  return call as C;
}

function paramsIn(path: string): ParamName[] {
  const names = z.array(z.enum(Object.keys(pathParams)));
  return names.parse([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)) as ParamName[];
}

/** What cannot be a name of anything is not there. */
function parseParams(names: readonly ParamName[], raw: Record<string, string>): object {
  const parsed = names.map((name) => ({ name, ...pathParams[name].safeParse(raw[name]) }));
  if (parsed.some(({ success }) => !success)) throw new VigiaError('not_found', 'There is nothing at this address');
  return Object.fromEntries(parsed.map(({ name, data }) => [name, data]));
}
