import * as z from 'zod';
import { programStatus, statusDetails } from '#lib/schemas/status';
import { readStatus } from '#lib/status/read-status';
import { readStatusDetails } from '#lib/status/read-status-details';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { ok } from '../media.ts';
import { openApiDocument } from '../openapi.ts';

/** `all` gives the whole table, which these are in. */
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
    id: 'readStatusDetails',
    section: 'Program',
    method: 'GET',
    path: '/status/details',
    summary: 'Say which process plays which role where, how Redis is, and what there is to do.',
    description:
      'A process says every 2 s that it is there. One that has not for 7 s has gone; it is listed for 10 min, unless another has taken its place.',
    access: 'admin',
    answer: ok('How it is.', statusDetails),
    example: {},
    async handle(ctx, { caller }) {
      return { body: await readStatusDetails(ctx, caller) };
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
