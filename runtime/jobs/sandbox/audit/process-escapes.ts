import { type Escape, pythonTry } from './escape.ts';

export const PROCESS_ESCAPES: readonly Escape[] = [
  pythonTry(
    'read the environment of other processes, the first one’s too',
    `for pid in ("1", "self", str(known["worker"]), str(os.getppid())):
    try:
        text = open(f"/proc/{pid}/environ", "rb").read()
    except OSError:
        continue
    if text: possible.append((pid, text[:80]))`,
  ),
  pythonTry(
    'inherit variables or descriptors',
    `left = set(os.environ) - {"LC_CTYPE"}
if left: possible.append(left)
for descriptor in range(3, 1024):
    if works(lambda: os.fstat(descriptor)): possible.append(descriptor)`,
  ),
  pythonTry(
    'run as root',
    'if 0 in os.getresuid() + os.getresgid() or 0 in os.getgroups(): possible.append(os.getresuid())',
  ),
  pythonTry(
    'become root',
    `for become in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.setresuid(0, 0, 0)):
    if works(become): possible.append("set an id")
for program in ("/usr/bin/su", "/usr/bin/sudo", "/usr/bin/pkexec", "/usr/bin/newgrp", "/usr/bin/mount"):
    if os.path.exists(program) and os.system(program + " -c 'id -u' < /dev/null 2> /dev/null | grep -qx 0") == 0: possible.append(program)
if "NoNewPrivs:\\t1" not in (open("/proc/self/status").read() if readable("/proc/self/status") else "NoNewPrivs:\\t1"): possible.append("new privileges")`,
  ),
  pythonTry(
    'signal the worker, its launcher, or whoever is near',
    `near = {known["worker"], os.getppid()}
for pid in list(near) + [os.getpid()]: near |= set(range(max(pid - 200, 1), pid + 200))
for pid in near - {0, os.getpid()}:
    if works(lambda: os.kill(pid, 0)): possible.append(pid)`,
  ),
  pythonTry(
    'change limits and priorities of the worker',
    `if works(lambda: resource.prlimit(known["worker"], resource.RLIMIT_NOFILE, (9, 9))): possible.append("limits")
if works(lambda: os.setpriority(os.PRIO_PROCESS, known["worker"], 19)): possible.append("priority")
if works(lambda: os.setpriority(os.PRIO_USER, 0, 1)): possible.append("priority of its user")
if works(lambda: os.sched_setaffinity(known["worker"], {0})): possible.append("affinity")`,
  ),
  pythonTry(
    'raise its own limits',
    `for name in ("NPROC", "FSIZE", "CPU", "NOFILE", "CORE"):
    kind = getattr(resource, "RLIMIT_" + name)
    hard = resource.getrlimit(kind)[1]
    if hard == resource.RLIM_INFINITY: possible.append(name + " is not limited")
    try:
        resource.setrlimit(kind, (hard, hard + 1))
        possible.append(name)
    except (OSError, ValueError):
        pass`,
  ),
  pythonTry(
    'look into other processes',
    `calls = known["calls"]
if call(calls["ptrace"], 16, known["worker"], 0, 0): possible.append("PTRACE_ATTACH")
if call(calls["ptrace"], 0, 0, 0, 0): possible.append("PTRACE_TRACEME")
if call(calls["process_vm_readv"], known["worker"], 0, 0, 0, 0, 0): possible.append("process_vm_readv")
if call(calls["pidfd_getfd"], 0, 0, 0): possible.append("pidfd_getfd")
for file in ("mem", "maps", "root/etc/passwd", "cwd", "fd"):
    for pid in {known["worker"], os.getppid()} - {0}:
        if works(lambda: os.listdir(f"/proc/{pid}/{file}") if file in ("cwd", "fd") else open(f"/proc/{pid}/{file}", "rb").read(1)): possible.append((pid, file))`,
  ),
  pythonTry(
    'see the processes of others',
    `seen = [p for p in glob.glob("/proc/[0-9]*") if p != f"/proc/{os.getpid()}"]
if seen: possible.append(seen[:5])`,
  ),
  pythonTry('learn the host’s name', 'if os.uname().nodename == known["host"]: possible.append(known["host"])', {
    notIn: ['landlock'],
  }),
];
