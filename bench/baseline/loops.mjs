/**
 * What a person would write for many small JavaScript functions without Vigia: one process that reads the key, calls one
 * handler after another, and writes all of their results in one pipeline. Each order is one round.
 */
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';

const [url, path, inputKey, outputPrefix] = process.argv.slice(2);
const { handler } = await import(path);
const redis = new Redis(url);
const contexts = [];

process.stdout.write('{"ready":true}\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { functions } = JSON.parse(line);
  while (contexts.length < functions) contexts.push({ env: {} });
  const input = JSON.parse(await redis.get(inputKey));
  const pipeline = redis.pipeline();
  for (const [index, context] of contexts.entries())
    pipeline.set(`${outputPrefix}${index}`, JSON.stringify(handler(input, context)));
  await pipeline.exec();
  process.stdout.write('{"done":true}\n');
}
redis.disconnect();
