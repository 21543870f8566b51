import type { RoleName } from '#lib/schemas/role';
import { counting } from '../../language/counting.ts';
import { words } from '../../language/words.ts';

const [en, pt] = [counting('en'), counting('pt-BR')];

export const statusWords = words({
  en: {
    status: 'Status',
    processes: 'Processes',
    alive: (count: number) => `${en(count, 'process', 'processes')} alive`,
    gone: (count: number) => `${en(count, 'process', 'processes')} gone`,
    everyRole: 'every role is played',
    missing: (roles: string) => `nobody plays: ${roles}`,
    lag: 'Tick lag',
    largestLag: (name: string) => `the largest, of ${name}`,
    noTick: 'nothing has been called yet',
    jobs: 'Jobs',
    jobsNow: (running: string, waiting: string) => `${running} running, ${waiting} waiting`,
    jobsEnded: (count: string) => `${count} that have ended are kept`,
    redisIn: (duration: string) => `Answers in ${duration}`,
    redisUses: (version: string, memory: string) => `Redis ${version}, ${memory} used`,
    viewers: 'Live viewers',
    viewersOf: (count: number) => `in ${en(count, 'web process', 'web processes')}`,
  },
  'pt-BR': {
    status: 'Situação',
    processes: 'Processos',
    alive: (count) => pt(count, 'processo ativo', 'processos ativos'),
    gone: (count) => pt(count, 'processo sumiu', 'processos sumiram'),
    everyRole: 'todos os papéis estão ocupados',
    missing: (roles) => `sem processo: ${roles}`,
    lag: 'Atraso das execuções',
    largestLag: (name) => `o maior, de ${name}`,
    noTick: 'nada foi executado ainda',
    jobs: 'Tarefas',
    jobsNow: (running, waiting) => `${running} em execução, ${waiting} em espera`,
    jobsEnded: (count) => `${count} encerradas são guardadas`,
    redisIn: (duration) => `Responde em ${duration}`,
    redisUses: (version, memory) => `Redis ${version}, ${memory} em uso`,
    viewers: 'Espectadores ao vivo',
    viewersOf: (count) => `em ${pt(count, 'processo web', 'processos web')}`,
  },
});

type AboutRoles = { name: Record<RoleName, string>; without: Record<RoleName, string> };

/** The roles, and what it means when nobody plays one. */
export const roleWords = words<AboutRoles>({
  en: {
    name: { collector: 'Collector', functions: 'Functions', web: 'Web', jobs: 'Jobs' },
    without: {
      collector:
        'No machine’s metrics are collected; functions see only what other programs write to their input keys.',
      functions: 'No function is called: results and pages grow old.',
      web: 'No web process has said that it is there.',
      jobs: 'No job is run: what people submit waits.',
    },
  },
  'pt-BR': {
    name: { collector: 'Coletor', functions: 'Funções', web: 'Web', jobs: 'Tarefas' },
    without: {
      collector:
        'As métricas de nenhuma máquina são coletadas; as funções só veem o que outros programas escrevem nas chaves de entrada.',
      functions: 'Nenhuma função é executada: resultados e páginas ficam desatualizados.',
      web: 'Nenhum processo web se anunciou.',
      jobs: 'Nenhuma tarefa é executada: o que for enviado fica em espera.',
    },
  },
});

export const processWords = words({
  en: {
    about: 'Each says every 2 s that it is there.',
    table: 'Roles, and who plays them',
    versionsDiffer: (versions: string) => `They run different versions: ${versions}.`,
    state: 'State',
    alive: 'Alive',
    gone: 'Gone',
    missing: 'Missing',
    host: 'Host or pod',
    pid: 'PID',
    node: 'Node',
    load: 'In hand',
    loads: {
      functions: (count: number) => en(count, 'function', 'functions'),
      jobs: (count: number) => en(count, 'job', 'jobs'),
      web: (count: number) => en(count, 'viewer', 'viewers'),
    },
    memory: 'Memory',
    since: 'Since',
    heartbeat: 'Last heartbeat',
  },
  'pt-BR': {
    about: 'Cada um se anuncia a cada 2 s.',
    table: 'Papéis, e quem os ocupa',
    versionsDiffer: (versions) => `Eles executam versões diferentes: ${versions}.`,
    state: 'Estado',
    alive: 'Ativo',
    gone: 'Sumiu',
    missing: 'Ausente',
    host: 'Máquina ou pod',
    pid: 'PID',
    node: 'Node',
    load: 'A cargo',
    loads: {
      functions: (count) => pt(count, 'função', 'funções'),
      jobs: (count) => pt(count, 'tarefa', 'tarefas'),
      web: (count) => pt(count, 'espectador', 'espectadores'),
    },
    memory: 'Memória',
    since: 'Desde',
    heartbeat: 'Último sinal',
  },
});

export const workWords = words({
  en: {
    title: 'Functions and jobs',
    running: 'Functions running',
    failing: 'Failing',
    stale: 'Stale',
    waiting: 'Waiting for data',
    disabled: 'Disabled',
    jobsRunning: 'Jobs running',
    jobsWaiting: 'Jobs waiting',
    jobsEnded: 'Jobs ended, kept',
  },
  'pt-BR': {
    title: 'Funções e tarefas',
    running: 'Funções em execução',
    failing: 'Com falhas',
    stale: 'Desatualizadas',
    waiting: 'Aguardando dados',
    disabled: 'Desativadas',
    jobsRunning: 'Tarefas em execução',
    jobsWaiting: 'Tarefas em espera',
    jobsEnded: 'Tarefas encerradas, guardadas',
  },
});

export const redisWords = words({
  en: {
    version: 'Version',
    upFor: 'Up for',
    latency: 'Latency',
    memory: 'Memory',
    memoryOf: (used: string, limit: string) => `${used} of ${limit}`,
    unlimited: (used: string) => `${used}, no limit`,
    atTheLimit: 'At the limit',
    refusesWrites: 'refuses writes',
    dropsKeys: (rule: string) => `drops keys (${rule}): data of Vigia can vanish`,
    connections: 'Connections',
    persistence: 'Persistence',
    appendOnly: {
      ok: 'each change is written to its log',
      failing: 'the log of changes cannot be written',
      off: 'snapshots only: a crash loses what came after the last one',
    },
    snapshot: 'Last snapshot',
    snapshotWas: (age: string, changes: number) => `${age}, ${en(changes, 'change', 'changes')} since`,
    snapshotFailed: (age: string) => `failed; the last good one was ${age}`,
  },
  'pt-BR': {
    version: 'Versão',
    upFor: 'No ar há',
    latency: 'Latência',
    memory: 'Memória',
    memoryOf: (used, limit) => `${used} de ${limit}`,
    unlimited: (used) => `${used}, sem limite`,
    atTheLimit: 'No limite',
    refusesWrites: 'recusa escritas',
    dropsKeys: (rule) => `descarta chaves (${rule}): dados do Vigia podem sumir`,
    connections: 'Conexões',
    persistence: 'Persistência',
    appendOnly: {
      ok: 'cada mudança é escrita no registro',
      failing: 'o registro de mudanças não pode ser escrito',
      off: 'só instantâneos: uma queda perde o que veio depois do último',
    },
    snapshot: 'Último instantâneo',
    snapshotWas: (age, changes) => `${age}, ${pt(changes, 'mudança', 'mudanças')} desde então`,
    snapshotFailed: (age) => `falhou; o último bom foi ${age}`,
  },
});

export const sandboxWords = words({
  en: {
    title: 'Sandbox of jobs',
    noWorker: 'No worker has said that it is there: jobs wait.',
    confinedBy: 'Confined by',
    notConfined: 'Not confined: ALLOW_UNSANDBOXED is set',
    refuses: 'Refuses jobs: nothing here can confine them',
    languages: 'Languages',
    atOnce: 'At once',
    whatIsMissing: 'What is missing',
    nothing: 'nothing',
  },
  'pt-BR': {
    title: 'Sandbox das tarefas',
    noWorker: 'Nenhum worker se anunciou: as tarefas ficam em espera.',
    confinedBy: 'Confinadas por',
    notConfined: 'Sem confinamento: ALLOW_UNSANDBOXED está definido',
    refuses: 'Recusa tarefas: nada aqui consegue confiná-las',
    languages: 'Linguagens',
    atOnce: 'Ao mesmo tempo',
    whatIsMissing: 'O que falta',
    nothing: 'nada',
  },
});
