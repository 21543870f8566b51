import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { findExecutable } from '#runtime/supervise/find-executable';

const ROOT = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'vigia-deploy-'));
const record = join(scratch, 'called');
const PATH = `${scratch}:/usr/bin:/bin`;

/** Stands in for docker and kubectl: writes down how it was called, and what it was given to apply. */
const STAND_IN = `#!/bin/sh
echo "$(basename "$0") $*" >> "${record}"
for last; do :; done
case "$*" in
  "get $NO_ANSWER "*) echo "Unable to connect to the server" >&2; exit 1 ;;
  apply*) cat "$last/kustomization.yaml" >> "${record}.applied" ;;
  "create secret"* | "patch secret"*) cat > "${record}.password" ;;
  "get secret"*) printf "$SECRET" ;;
  "get namespace"*) printf "$NAMESPACE" ;;
  "get deployment web"*) printf "$WEBS_READY" ;;
  logs*) printf '%s\n' "$LOG" ;;
  "get nodes"*) printf "$NODE" ;;
  "get service"*) printf 31001 ;;
  "get configmap pyfile"*) [ -n "$NO_FUNCTION" ] || echo configmap/pyfile ;;
  "config current-context") printf "$CLUSTER" ;;
  "rollout status "*"/$NOT_READY "*) exit 1 ;;
esac
`;
for (const name of ['docker', 'podman', 'kubectl', 'kind', 'k3d', 'minikube']) {
  writeFileSync(join(scratch, name), STAND_IN);
  chmodSync(join(scratch, name), 0o755);
}
afterAll(() => rmSync(scratch, { recursive: true }));
afterEach(() => {
  for (const file of [record, `${record}.applied`, `${record}.password`]) rmSync(file, { force: true });
  expect(readdirSync(join(ROOT, 'k8s')).filter((name) => name.startsWith('.deploy'))).toEqual([]);
});

function deploy(args: readonly string[], env: Record<string, string> = {}, root = ROOT) {
  const { status, stdout, stderr } = spawnSync('bash', [join(root, 'scripts', 'deploy.sh'), ...args], {
    encoding: 'utf8',
    env: { PATH, NODE_ENV: 'test', NOT_READY: 'none', NODE: '10.0.0.7', ...env },
  });
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const called = read(record).split('\n').filter(Boolean);
  return { status, stdout, stderr, called, applied: read(`${record}.applied`), password: read(`${record}.password`) };
}

test('builds both images, pushes them, applies them, waits for all, and says where', () => {
  const { status, stdout, called, applied, password } = deploy(['--registry', 'registry.test/team/', '--tag', 'v1']);
  expect(status).toBe(0);
  const web = 'registry.test/team/vigia-web:v1';
  const runtime = 'registry.test/team/vigia-runtime:v1';
  expect(called).toEqual([
    expect.stringMatching(
      `^docker build --target web --build-arg VERSION=v1 --build-arg REVISION=\\S+ .*--tag ${web} `,
    ),
    expect.stringMatching(
      `^docker build --target runtime --build-arg VERSION=v1 --build-arg REVISION=\\S+ .*--tag ${runtime} `,
    ),
    `docker push ${web}`,
    `docker push ${runtime}`,
    'kubectl get secret admin --namespace vigia --output jsonpath=there:{.data.password} --ignore-not-found',
    'kubectl get namespace vigia --output name --ignore-not-found',
    'kubectl create namespace vigia',
    'kubectl create secret generic admin --namespace vigia --from-file=password=/dev/stdin',
    expect.stringMatching(/^kubectl apply --kustomize \S+\/k8s\/\.deploy-\d+$/),
    'kubectl rollout status statefulset/redis --namespace vigia --timeout=300s',
    'kubectl rollout status deployment/web --namespace vigia --timeout=300s',
    'kubectl rollout status deployment/functions --namespace vigia --timeout=300s',
    'kubectl rollout status deployment/jobs --namespace vigia --timeout=300s',
    'kubectl rollout status daemonset/collector --namespace vigia-collector --timeout=300s',
    expect.stringContaining('kubectl get nodes'),
    expect.stringContaining('kubectl get service web --namespace vigia'),
  ]);
  expect(applied).toContain('resources: [../base]');
  expect(applied).toContain('{ name: vigia-web, newName: registry.test/team/vigia-web, newTag: "v1" }');
  expect(stdout).toContain('http://10.0.0.7:31001');
  expect(password).toMatch(/^[0-9a-f]{30}$/);
  expect(stdout).toContain(password);
});

test.each([
  ['10.0.0.7 fd00::7', 'http://10.0.0.7:31001'],
  ['fd00::7 10.0.0.7', 'http://[fd00::7]:31001'],
  ['', 'http://<address of a node>:31001'],
])('of a node with the addresses “%s” it says %s', (NODE, url) => {
  expect(deploy(['--tag', 'v1'], { NODE }).stdout).toContain(`  Open      ${url}\n`);
});

test('a password that is there stays, and is not said', () => {
  const { stdout, called } = deploy(['--tag', 'v1'], { SECRET: 'there:c2VjcmV0' });
  expect(called.join('\n')).not.toMatch(/kubectl (create|patch)/);
  expect(stdout).toContain('Sign in   admin; the first password: kubectl --namespace vigia get secret admin');
  expect(called.join('\n')).not.toContain('push');
});

describe('where the manifests were applied by hand, whose Secret is empty', () => {
  const WITHOUT = 'there:';

  test('and nothing has started yet, it gets a password', () => {
    const { status, stdout, called, password } = deploy(['--tag', 'v1'], { SECRET: WITHOUT });
    expect(status).toBe(0);
    expect(called.join('\n')).not.toContain('kubectl create');
    expect(called).toContain('kubectl patch secret admin --namespace vigia --type merge --patch-file /dev/stdin');
    const { stringData } = JSON.parse(password);
    expect(stringData).toEqual({ password: expect.stringMatching(/^[0-9a-f]{30}$/) });
    expect(stdout).toContain(`admin, password ${stringData.password} `);
  });

  test('the password that the first start chose is read before its pod goes', () => {
    const source = readFileSync(join(ROOT, 'runtime', 'web', 'first-admin.ts'), 'utf8');
    const [, said = ''] = /log\.warn\(`(.+)`\)/.exec(source) ?? [];
    const message = said.replace(/\$\{name\}/, 'admin').replace(/\$\{password\}/, 'TheFirst1');
    const LOG = `{"role":"web","msg":"listening"}\n{"role":"web","msg":"${message}"}\n{"uid":0,"password":"generated"}`;
    const { status, stdout, called } = deploy(['--tag', 'v1'], { SECRET: WITHOUT, WEBS_READY: '2', LOG });
    expect([status, called.filter((line) => /kubectl (create|patch)/.test(line))]).toEqual([0, []]);
    const at = (start: string) => called.findIndex((line) => line.startsWith(start));
    expect(at('kubectl logs')).toBeLessThan(at('kubectl apply'));
    expect(stdout).toContain('admin, password TheFirst1 ');
  });

  test('and that start is long ago, no password is made up, and none is asked of the Secret', () => {
    const { status, stdout, called } = deploy(['--tag', 'v1'], { SECRET: WITHOUT, WEBS_READY: '2' });
    expect([status, called.filter((line) => /kubectl (create|patch)/.test(line))]).toEqual([0, []]);
    expect(stdout).not.toContain('get secret');
    expect(stdout).toContain('Sign in   admin; the first start said the password in its log');
  });
});

test('an overlay goes into a namespace of one’s own, and podman builds as well', () => {
  const { called, applied } = deploy(['--overlay', 'course', '--namespace', 'mine', '--tag', 'v1'], {
    BUILDER: 'podman',
  });
  expect(called.filter((line) => line.startsWith('podman build'))).toHaveLength(2);
  expect(called.filter((line) => line.includes('rollout'))).toEqual([
    'kubectl rollout status deployment/web --namespace mine --timeout=300s',
    'kubectl rollout status deployment/functions --namespace mine --timeout=300s',
  ]);
  expect(applied).toContain('resources: [../overlays/course]');
  expect(called).toContainEqual(expect.stringMatching(/^kubectl apply --namespace mine --kustomize /));
});

test.each([
  ['kind-mine', 'kind load docker-image vigia-web:v1 --name mine'],
  ['k3d-mine', 'k3d image import vigia-web:v1 --cluster mine'],
  ['minikube', 'minikube image load vigia-web:v1'],
])('without a registry a cluster of %s gets the images of this machine', (cluster, command) => {
  const { status, called } = deploy(['--tag', 'v1'], { CLUSTER: cluster });
  expect([status, called]).toEqual([0, expect.arrayContaining([command, command.replace('web', 'runtime')])]);
  expect(called.join('\n')).not.toContain('push');
});

test.each([
  ['kind-mine', 'kind load image-archive ARCHIVE --name mine'],
  ['k3d-mine', 'k3d image import ARCHIVE --cluster mine'],
  ['minikube', 'minikube image load ARCHIVE'],
])(
  'a cluster of %s gets what podman has built as files, and asks for it by the name that podman gave it',
  (...args) => {
    const [cluster, command] = args;
    const { status, called, applied } = deploy(['--tag', 'v1'], { CLUSTER: cluster, BUILDER: 'podman' });
    const archive = (target: string) => `${ROOT}/k8s/.deploy-PID/vigia-${target}.tar`;
    const steps = called.map((line) => line.replace(/\.deploy-\d+/, '.deploy-PID'));
    expect([status, steps.slice(2, 7).filter((line) => !line.startsWith('kubectl'))]).toEqual([
      0,
      ['web', 'runtime'].flatMap((target) => [
        `podman save --output ${archive(target)} localhost/vigia-${target}:v1`,
        command.replace('ARCHIVE', archive(target)),
      ]),
    ]);
    expect(called[0]).toContain(' --tag localhost/vigia-web:v1 ');
    expect(applied).toContain('{ name: vigia-web, newName: localhost/vigia-web, newTag: "v1" }');
    expect(applied).toContain('{ name: vigia-runtime, newName: localhost/vigia-runtime, newTag: "v1" }');
  },
);

test('a cluster that has docker’s images has none of podman’s, and that is said', () => {
  const said = (BUILDER: string) => deploy(['--tag', 'v1'], { CLUSTER: 'docker-desktop', BUILDER }).stderr;
  expect(said('docker')).toBe('');
  expect(said('podman')).toContain('the nodes of docker-desktop must have localhost/vigia-web:v1 already');
});

test('what podman pushes to a registry has the name that it has there', () => {
  const { called } = deploy(['--registry', 'registry.test', '--tag', 'v1'], { BUILDER: 'podman' });
  expect(called.filter((line) => /save|push/.test(line))).toEqual([
    'podman push registry.test/vigia-web:v1',
    'podman push registry.test/vigia-runtime:v1',
  ]);
});

test('without a registry, nodes elsewhere cannot have the images, and that is said', () => {
  const { stderr } = deploy(['--tag', 'v1'], { CLUSTER: 'team@far.away' });
  expect(stderr).toContain('without --registry, the nodes of team@far.away must have vigia-web:v1 already');
});

test.skipIf(findExecutable('git', PATH) === null)('a tag is never that of other content', () => {
  const copy = join(scratch, 'copy');
  cpSync(join(ROOT, 'scripts', 'deploy.sh'), join(copy, 'scripts', 'deploy.sh'));
  cpSync(join(ROOT, 'k8s'), join(copy, 'k8s'), { recursive: true });
  const git = (...args: string[]) => {
    const words = ['-C', copy, '-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args];
    return spawnSync('git', words, { encoding: 'utf8' }).stdout.trim();
  };
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'as it was');
  const revision = git('rev-parse', '--short=12', 'HEAD');
  const tag = () => /--tag vigia-web:(\S+)/.exec(deploy(['--dry-run'], {}, copy).stdout)?.[1];
  expect(tag()).toBe(revision);
  writeFileSync(join(copy, 'changed'), '');
  expect(tag()).toMatch(new RegExp(`^${revision}-\\d{14}$`));
});

describe.skipIf(findExecutable('git', PATH) === null)('the labels of an image', () => {
  const from = join(scratch, 'from');
  cpSync(join(ROOT, 'scripts', 'deploy.sh'), join(from, 'scripts', 'deploy.sh'));
  const git = (...args: string[]) => spawnSync('git', ['-C', from, ...args]);
  git('init', '--quiet');
  git('remote', 'add', 'origin', 'https://nowhere.test');
  const labels = () => {
    const [build = ''] = deploy(['--dry-run', '--tag', 'v1'], {}, from).stdout.match(/^\+ docker build .*$/m) ?? [];
    return Object.fromEntries(
      [...build.matchAll(/--label org\.opencontainers\.image\.(\w+)=(\S+)/g)].map((l) => l.slice(1)),
    );
  };

  test.each([
    ['https://git.test/team/vigia.git', 'https://git.test/team/vigia.git', 'https://git.test/team/vigia'],
    ['https://ana:secret@git.test/team/vigia', 'https://git.test/team/vigia', 'https://git.test/team/vigia'],
    ['git@git.test:team/vigia.git', undefined, undefined],
    ['/home/ana/vigia', undefined, undefined],
  ])('say of a clone of %s: %s, %s', (address, source, url) => {
    git('remote', 'set-url', 'origin', address);
    expect(labels()).toEqual({ created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), source, url });
  });
});

test('the course is told that its function is missing before anything is built', () => {
  const { status, stderr, called } = deploy(['--overlay', 'course', '--namespace', 'mine'], { NO_FUNCTION: 'yes' });
  expect([status, called]).toEqual([1, [expect.stringContaining('get configmap pyfile --namespace mine')]]);
  expect(stderr).toContain('kubectl --namespace mine create configmap pyfile --from-file pyfile=handler.py');
});

test.each([
  [['--overlay', 'course', '--namespace', 'mine'], 'configmap pyfile'],
  [[], 'secret admin'],
  [[], 'namespace vigia'],
])('%j: a cluster that does not say whether there is a %s is not one that has none', (args, object) => {
  const [NO_ANSWER = ''] = object.split(' ');
  const { status, stderr, called } = deploy([...args, '--tag', 'v1'], { NO_ANSWER, CLUSTER: 'kind-mine' });
  expect([status, stderr]).toEqual([
    1,
    `Unable to connect to the server\ndeploy: the cluster does not say whether it has the ${object}\n`,
  ]);
  expect(called.join('\n')).not.toMatch(/kubectl (create|patch|apply)/);
});

test('a namespace that is there is not made again', () => {
  const { status, called } = deploy(['--tag', 'v1'], { NAMESPACE: 'namespace/vigia' });
  expect([status, called.filter((line) => line.includes('create namespace'))]).toEqual([0, []]);
});

describe('a dry run', () => {
  test.each([
    [['--registry', 'registry.test'], {}],
    [['--overlay', 'course', '--namespace', 'mine'], { BUILDER: 'podman', CLUSTER: 'kind-mine' }],
  ])('of %j does nothing, and says in a script what would be done', (args, env) => {
    const asked = ['--tag', 'v1', ...args];
    const { status, stdout, called } = deploy([...asked, '--dry-run'], env);
    expect([status, called.filter((line) => line !== 'kubectl config current-context')]).toEqual([0, []]);

    const steps = (lines: readonly string[]) =>
      lines
        .filter((line) => !/^kubectl (get|create|config) /.test(line))
        .map((line) =>
          line.replace(/\.deploy-\d+/, '.deploy-PID').replaceAll(/(?<=REVISION=\w+)-\d{14}|(?<=created=)\S+/g, ''),
        );
    rmSync(record, { force: true });
    const script = [...stdout.matchAll(/^\+ (.*)$/gm)].map(([, line]) => line).join('\n');
    const ran = spawnSync('sh', ['-eu', '-c', script], { encoding: 'utf8', env: { PATH, NODE_ENV: 'test' } });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const told = readFileSync(record, 'utf8').split('\n').filter(Boolean);
    const overlay = readFileSync(`${record}.applied`, 'utf8');
    for (const file of [record, `${record}.applied`]) rmSync(file);
    const real = deploy(asked, env);
    expect([steps(told), overlay]).toEqual([steps(real.called), real.applied]);
  });

  test('makes no folder, and needs no program', () => {
    const root = join(scratch, 'never-written');
    cpSync(join(ROOT, 'scripts', 'deploy.sh'), join(root, 'scripts', 'deploy.sh'));
    const { status, stdout } = deploy(['--dry-run'], { BUILDER: 'no-such-builder' }, root);
    expect([status, existsSync(join(root, 'k8s'))]).toEqual([0, false]);
    expect(stdout).toContain('+ no-such-builder build --target web');
  });
});

test('what does not get ready is named, with what to look at', () => {
  const { status, stderr, stdout } = deploy(['--tag', 'v1'], { NOT_READY: 'functions' });
  expect(status).toBe(1);
  expect(stderr).toContain('deployment/functions does not get ready; kubectl --namespace vigia describe deployment');
  expect(stdout).not.toContain('Open');
});

test('where no job can be held, the rest is there, and that is said', () => {
  const { status, stderr, stdout } = deploy(['--tag', 'v1'], { NOT_READY: 'jobs' });
  expect([status, stdout]).toEqual([1, expect.stringContaining('Open      http://10.0.0.7:31001')]);
  expect(stderr).toContain('deployment/jobs does not get ready: kubectl --namespace vigia logs deployment/jobs');
  expect(stderr).toContain('--overlay without-jobs deploys everything else');
});

test('without jobs, those that an earlier deployment has left are taken away, and nobody waits for any', () => {
  const { status, called, applied } = deploy(['--overlay', 'without-jobs', '--tag', 'v1'], { NOT_READY: 'jobs' });
  expect([status, applied]).toEqual([0, expect.stringContaining('resources: [../overlays/without-jobs]')]);
  const at = (start: string) => called.findIndex((line) => line.startsWith(start));
  const [applies, waits] = [at('kubectl apply --kustomize '), at('kubectl rollout')];
  expect(called.slice(applies + 1, waits)).toEqual([
    'kubectl delete deployment/jobs poddisruptionbudget/jobs --namespace vigia --ignore-not-found',
  ]);
  expect(called.slice(waits).filter((line) => line.includes('rollout'))).toEqual([
    'kubectl rollout status statefulset/redis --namespace vigia --timeout=300s',
    'kubectl rollout status deployment/web --namespace vigia --timeout=300s',
    'kubectl rollout status deployment/functions --namespace vigia --timeout=300s',
    'kubectl rollout status daemonset/collector --namespace vigia-collector --timeout=300s',
  ]);
  expect(at('kubectl create secret generic admin')).toBeGreaterThan(-1);
});

test('where a node gets no collector, the rest is there, and that is said', () => {
  const { status, stderr, stdout } = deploy(['--tag', 'v1'], { NOT_READY: 'collector' });
  expect([status, stdout]).toEqual([1, expect.stringContaining('Open      http://10.0.0.7:31001')]);
  expect(stderr).toContain('daemonset/collector does not get ready on every node');
});

test.each([
  [['--overlay', 'none'], 'there is no overlay none'],
  [['--tag'], '--tag needs a value'],
  [['--quick'], 'there is no option --quick'],
  [['--namespace', 'mine'], 'namespaces of its own'],
])('%j is refused', (args, reason) => {
  const { status, stderr, called } = deploy(args);
  expect([status, called]).toEqual([1, []]);
  expect(stderr).toContain(reason);
});

test('a program that is missing is named', () => {
  const { status, stderr } = deploy([], { BUILDER: 'no-such-builder' });
  expect([status, stderr]).toEqual([1, 'deploy: no-such-builder is needed, and not there\n']);
});
