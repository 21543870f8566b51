import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Child, startChild } from '#runtime/supervise/child';
import { findExecutable } from '#runtime/supervise/find-executable';
import { readLines } from '#runtime/supervise/log-lines';
import { startRedis } from '../../e2e/support/redis-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
const text = readFileSync(join(import.meta.dirname, 'reference.yaml'), 'utf8');

const named = { name: z.string() };
const container = z.strictObject({
  ...named,
  image: z.string(),
  imagePullPolicy: z.string(),
  resources: z.object({ requests: z.object({ cpu: z.string(), memory: z.string().regex(/^\d+Mi$/) }) }),
  env: z.array(
    z.union([
      z.strictObject({ ...named, value: z.string() }),
      z.strictObject({
        ...named,
        valueFrom: z.strictObject({ configMapKeyRef: z.strictObject({ ...named, key: z.string() }) }),
      }),
    ]),
  ),
  volumeMounts: z.array(z.strictObject({ ...named, mountPath: z.string(), subPath: z.string() })),
});
const deployment = z.object({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.tuple([container]),
        volumes: z.array(z.strictObject({ ...named, configMap: z.strictObject(named) })),
      }),
    }),
  }),
});

/** What the commands at the top of the manifest make. */
const OUTPUT_KEY = 'my-output';
const HANDLER = join(ROOT, 'examples', 'functions', 'machine_metrics.py');
const configMaps: Record<string, Record<string, string>> = {
  pyfile: { pyfile: HANDLER },
  outputkey: { REDIS_OUTPUT_KEY: OUTPUT_KEY },
};

const { template } = deployment.parse(parse(text)).spec;
const [pod] = template.spec.containers;
const [mount] = pod.volumeMounts;
/** The environment and the file that Kubernetes makes of it. */
const env = Object.fromEntries(
  pod.env.map((each) => [
    each.name,
    'value' in each
      ? each.value
      : (configMaps[each.valueFrom.configMapKeyRef.name]?.[each.valueFrom.configMapKeyRef.key] ?? ''),
  ]),
);
const volume = template.spec.volumes.find(({ name }) => name === mount?.name);
const mounted = configMaps[volume?.configMap.name ?? '']?.[mount?.subPath ?? ''];
const memoryMiB = Number.parseInt(pod.resources.requests.memory, 10);

const sample = z.looseObject({ timestamp: z.string() });
const number = (of: z.infer<typeof sample>, name: string): number => z.number().parse(of[name]);
const trace = readFileSync(join(ROOT, 'e2e', 'fixtures', 'psutil-trace.jsonl'), 'utf8').split('\n', 2);

const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A machine as the pod sees it, seen by nobody else: its file system and network are its own. */
const POD = `set -e
ip link set lo up
mount --make-rprivate /
mount --bind "$SCRATCH/hosts" /etc/hosts
mount --rbind /opt "$SCRATCH/opt"
mount -t tmpfs tmpfs /opt
for each in "$SCRATCH"/opt/*/; do name=$(basename "$each"); mkdir "/opt/$name" && mount --rbind "$each" "/opt/$name"; done
touch "$MOUNT_PATH"
mount --bind "$SCRATCH/mounted" "$MOUNT_PATH"
redis-server --bind 127.0.0.1 --port 6379 --unixsocket "$SCRATCH/redis.sock" --save '' --dir "$SCRATCH" >/dev/null &
[ $# = 0 ] && kill $! && exit
shift
exec env -i "$@"
`;
const namespace = ['--user', '--map-root-user', '--mount', '--net', 'sh', '-c', POD, 'sh'];

function makePod() {
  mkdirSync(join(scratch, 'opt'), { recursive: true });
  writeFileSync(join(scratch, 'hosts'), `127.0.0.1 localhost ${env.REDIS_HOST}\n`);
  cpSync(mounted ?? '', join(scratch, 'mounted'));
  return { PATH, SCRATCH: scratch, MOUNT_PATH: mount?.mountPath ?? '' };
}
const isPossible =
  ['unshare', 'ip', 'redis-server'].every((program) => findExecutable(program, PATH) !== null) &&
  spawnSync('unshare', namespace, { env: { ...makePod(), NODE_ENV: 'test' }, stdio: 'ignore' }).status === 0;

test('the manifest is the reference one in all but the image', () => {
  expect(text).toMatch(/^ +# image: lucasmsp\/serverless:redis\n +image: \S+$/m);
  expect(env).toEqual({
    REDIS_HOST: expect.any(String),
    REDIS_PORT: '6379',
    REDIS_INPUT_KEY: 'metrics',
    REDIS_OUTPUT_KEY: OUTPUT_KEY,
  });
  expect([mount?.mountPath, mounted]).toEqual(['/opt/usermodule.py', HANDLER]);
  expect(pod.resources.requests).toEqual({ cpu: '100m', memory: '300Mi' });
});

describe.concurrent('a pod of it', () => {
  test.skipIf(!isPossible)('runs with exactly this environment, this file and this Redis', async () => {
    const words = Object.entries({ ...env, PATH, HOME: scratch }).map(([name, value]) => `${name}=${value}`);
    const role = [process.execPath, join(ROOT, 'runtime', 'main.ts'), 'functions'];
    await using child = await start('unshare', [...namespace, 'run', ...words, ...role], makePod());
    await using redis = client(new Redis({ path: join(scratch, 'redis.sock'), retryStrategy: () => 50 }));
    await gives(redis, child);
    expect(child.said.join('\n')).toContain(`"source":"${mount?.mountPath}"`);
  });

  test('runs as well where the file has another path and Redis another port', async () => {
    await using own = await startRedis();
    const elsewhere = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(own.port), FUNCTION_PATH: mounted ?? '' };
    const surroundings = { ...env, ...elsewhere, PATH, HOME: scratch };
    await using child = await start(process.execPath, [join(ROOT, 'runtime', 'main.ts'), 'functions'], surroundings);
    await using redis = client(new Redis(own.url));
    await gives(redis, child);
  });
});

type Started = AsyncDisposable & Pick<Child, 'pid'> & { said: string[] };

async function start(command: string, args: string[], environment: Record<string, string>): Promise<Started> {
  const child = await startChild({ command, args, env: environment, cwd: ROOT, link: 'none', ifParentDies: 'SIGKILL' });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) readLines(stream, (line) => said.push(line));
  return { pid: child.pid, said, [Symbol.asyncDispose]: async () => void (await child.terminate(5_000)) };
}

function client(redis: Redis): Redis & AsyncDisposable {
  redis.on('error', () => {});
  return Object.assign(redis, { [Symbol.asyncDispose]: async () => redis.disconnect() });
}

/** Two samples of the recording, 5 s apart as they were recorded, give the three metrics of them. */
async function gives(redis: Redis, { pid, said }: Started): Promise<void> {
  const samples = [];
  for (const line of trace) {
    const current = sample.parse(JSON.parse(line));
    samples.push(current);
    await redis.set(env.REDIS_INPUT_KEY ?? '', line);
    const result = async () => sample.parse(JSON.parse((await redis.get(OUTPUT_KEY)) ?? '{"timestamp":""}'));
    await expect
      .poll(async () => (await result()).timestamp, { timeout: 15_000, message: said.join('\n') })
      .toBe(current.timestamp);
    const got = await result();
    const sent = number(current, 'net_io_counters_eth0-bytes_sent');
    const all = sent + number(current, 'net_io_counters_eth0-bytes_recv');
    expect(number(got, 'percent-network-egress')).toBeCloseTo((100 * sent) / all, 9);
    const cached = number(current, 'virtual_memory-cached') + number(current, 'virtual_memory-buffers');
    expect(number(got, 'percent-memory-caching')).toBeCloseTo(
      (100 * cached) / number(current, 'virtual_memory-total'),
      9,
    );
    for (const cpu of [0, 1, 2, 3]) {
      const mean = samples.reduce((sum, each) => sum + number(each, `cpu_percent-${cpu}`), 0) / samples.length;
      expect(number(got, `avg-util-cpu${cpu}-60sec`)).toBeCloseTo(mean, 9);
    }
  }
  const used = descendants(pid).reduce((sum, each) => sum + memoryOf(each), 0);
  expect(used).toBeGreaterThan(10);
  expect(used).toBeLessThan(memoryMiB);
}

/** The process and all that it started, Redis apart. */
function descendants(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  const isRedis = readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('redis');
  return [...(isRedis ? [] : [pid]), ...children.flatMap(descendants)];
}

/** The proportional set size in MiB. */
function memoryOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}
