/** What Redis and its client alone allow: one GET and one SET, one after the other. */
import { Redis } from 'ioredis';
import { runBackToBack } from './back-to-back.ts';

const [url = '', inputKey = '', outputKey = ''] = process.argv.slice(2);
const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
await redis.connect();
await runBackToBack(async () => {
  const text = await redis.getBuffer(inputKey);
  await redis.set(outputKey, text ?? '');
});
redis.disconnect();
