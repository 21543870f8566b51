import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { apiSuite, requestTo, type Sent } from '#lib/api/api.fixture';
import { describeContract } from '#lib/api/contract.fixture';
import { startFunctionsRole } from '#runtime/functions/role';
import { startWebRole, type WebRole } from './support/web-role.ts';

const KEY_PREFIX = 'door:';
const api = apiSuite();
let redis: Redis;
let door: WebRole;

beforeAll(async () => {
  redis = new Redis(api.suite.redisUrl);
  door = await startWebRole({ REDIS_URL: api.suite.redisUrl, KEY_PREFIX, VIGIA_HOME: api.suite.scratch });
});
afterAll(async () => {
  await door[Symbol.asyncDispose]();
  redis.disconnect();
});

/** The front door is one, so each test empties its Redis and makes a world in there. */
async function enter() {
  await redis.flushdb();
  const world = await api.world({ KEY_PREFIX });
  return { ...world, send: (sent: Sent) => fetch(requestTo(door.url, sent)) };
}

describeContract(enter, startFunctionsRole);
