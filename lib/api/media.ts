import * as z from 'zod';
import { bounds } from '#lib/archives/check-archive';

const MIB = 1024 * 1024;

/** What a request carries: its media type, the most bytes of it, and what it must be. */
export type BodyKind<T extends z.ZodType> = {
  media: 'application/json' | 'application/zip';
  maxBytes: number;
  schema: T;
};

export function json<T extends z.ZodType>(schema: T, maxBytes = MIB): BodyKind<T> {
  return { media: 'application/json', maxBytes, schema };
}

/** The raw bytes of a zip archive. */
export const archive = {
  media: 'application/zip',
  maxBytes: bounds.archiveBytes,
  schema: z.instanceof(Buffer),
} as const satisfies BodyKind<z.ZodType>;

/** What an endpoint answers when all is well. */
export type AnswerKind<T extends z.ZodType> = {
  status: 200 | 201 | 204;
  /** Null for an answer without content. */
  media: 'application/json' | 'application/zip' | 'text/csv' | null;
  description: string;
  schema: T;
};

export function ok<T extends z.ZodType>(description: string, schema: T): AnswerKind<T> {
  return { status: 200, media: 'application/json', description, schema };
}

export function created<T extends z.ZodType>(description: string, schema: T): AnswerKind<T> {
  return { status: 201, media: 'application/json', description, schema };
}

export function done(description: string): AnswerKind<z.ZodNull> {
  return { status: 204, media: null, description, schema: z.null() };
}

export function download(description: string) {
  return { status: 200, media: 'application/zip', description, schema: z.instanceof(Buffer) } as const;
}

export function csv(description: string) {
  return { status: 200, media: 'text/csv', description, schema: z.string() } as const;
}
