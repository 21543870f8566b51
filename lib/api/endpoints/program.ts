import * as z from 'zod';
import { programStatus } from '#lib/schemas/status';
import { readStatus } from '#lib/status/read-status';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { ok } from '../media.ts';
import { openApiDocument } from '../openapi.ts';

/** `all` gives the whole table, which these two are in. */
export const programEndpoints = (all: () => readonly Endpoint[]) => [
  endpoint({
    id: 'readStatus',
    section: 'Program',
    method: 'GET',
    path: '/status',
    summary: 'Say how the program is: its roles, its Redis, how many functions are in which state.',
    access: 'public',
    answer: ok('How it is; also while Redis does not answer.', programStatus),
    example: {},
    async handle(ctx) {
      return { body: await readStatus(ctx) };
    },
  }),

  endpoint({
    id: 'readDocument',
    section: 'Program',
    method: 'GET',
    path: '/openapi.json',
    summary: 'Read this description of the API.',
    access: 'public',
    answer: ok('An OpenAPI 3.1 document.', z.record(z.string(), z.unknown())),
    example: {},
    async handle() {
      return { body: openApiDocument(all()) };
    },
  }),
];
