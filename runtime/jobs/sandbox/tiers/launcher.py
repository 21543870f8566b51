"""Starts one job with fewer rights than it has itself, and ends all that the job has started.

    launcher.py --uid N --gid N --scratch FOLDER [--limit NAME=VALUE]... [--confine [--network] [--read PATH]...
                [--use PATH]... --filter FD] [--count N,FD] -- COMMAND...

Descriptor 3 is a socket to the worker. When the worker shuts its side, or is gone, the job is ended. One line goes back:
"exit CODE" when the job has ended by itself, "killed N" when N processes were, "lost WHY" when it could not be started.
Needs Python 3.9, and no rights: landlock(7), seccomp(2), seccomp_unotify(2), prctl(2). It imports little, since every job
waits for it, and is one file for the same reason: where nothing compiled can be kept beside it, as in an image that is read-only,
modules of its own cost each job some 2 ms more; and `python -I` keeps its folder out of where modules are looked for.
"""

import ctypes
import errno
import fcntl
import os
import resource
import select
import struct
import sys
import time

WORKER = 3
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_NEW_LISTENER = 8
SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1
SECCOMP_IOCTL_NOTIF_RECV, SECCOMP_IOCTL_NOTIF_SEND = 0xC0502100, 0xC0182101
SECCOMP = {"x86_64": 317, "aarch64": 277}[os.uname().machine]
# The same numbers on x86-64 and arm64.
PIDFD_GETFD = 438
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_RULE_PATH_BENEATH = 1
SIGKILL, SIGPIPE, SIGXFSZ, SIG_DFL = 9, 13, 25, None

libc = ctypes.CDLL(None, use_errno=True)


def checked(result, what):
    if result == -1:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def prctl(option, value, pointer=None):
    unused = ctypes.c_ulong(0)
    checked(libc.prctl(option, ctypes.c_ulong(value), pointer or unused, unused, unused), f"prctl({option})")


class Order:
    """What the command line says."""

    def __init__(self, words):
        self.limits, self.read, self.use = {}, [], []
        self.uid = self.gid = self.scratch = self.filter = self.count = None
        self.confine = self.network = False
        words = iter(words)
        for word in words:
            name = word[2:]
            if name == "":
                break
            if name in ("confine", "network"):
                setattr(self, name, True)
            elif name in ("read", "use"):
                getattr(self, name).append(next(words))
            elif name == "limit":
                kind, value = next(words).split("=")
                self.limits[kind] = int(value)
            elif name == "count":
                self.count = tuple(map(int, next(words).split(",")))
            elif name == "scratch":
                self.scratch = next(words)
            else:
                setattr(self, name, int(next(words)))
        self.command = list(words)


# -- the job's side ---------------------------------------------------------------------------------------------------


def become(order):
    """Gives up root's rights before anything else is done."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(order.gid, order.gid, order.gid)
        os.setresuid(order.uid, order.uid, order.uid)
    if os.getuid() == 0:
        raise PermissionError("a job never runs as root")


def limit(limits):
    for name, value in limits.items():
        kind = getattr(resource, "RLIMIT_" + name)
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


class Ruleset:
    """What may be done with which files. Bits of linux/landlock.h; all that ABI 6 knows is refused unless it is allowed."""

    EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
    MAKE_CHAR, MAKE_BLOCK, TRUNCATE, IOCTL_DEV = 1 << 6, 1 << 11, 1 << 14, 1 << 15
    ALL = (1 << 16) - 1
    BIND_TCP_AND_CONNECT_TCP = 3
    SCOPE_ABSTRACT_UNIX_SOCKET_AND_SIGNAL = 3

    READ_FOLDER = EXECUTE | READ_FILE | READ_DIR
    READ_ONE = EXECUTE | READ_FILE
    USE_ONE = READ_FILE | WRITE_FILE | TRUNCATE
    OWN_FOLDER = ALL & ~(MAKE_CHAR | MAKE_BLOCK | IOCTL_DEV)

    def __init__(self, network):
        # A kernel that cannot keep signals in their place refuses the third field; without it a job could kill its worker.
        wanted = struct.pack(
            "=QQQ",
            self.ALL,
            0 if network else self.BIND_TCP_AND_CONNECT_TCP,
            self.SCOPE_ABSTRACT_UNIX_SOCKET_AND_SIGNAL,
        )
        made = libc.syscall(LANDLOCK_CREATE_RULESET, wanted, ctypes.c_size_t(len(wanted)), ctypes.c_uint32(0))
        self.descriptor = checked(made, "Landlock of ABI 6 (Linux 6.12)")

    def allow(self, rights, descriptor):
        rule = struct.pack("=Qi", rights, descriptor)
        added = libc.syscall(LANDLOCK_ADD_RULE, self.descriptor, LANDLOCK_RULE_PATH_BENEATH, rule, ctypes.c_uint32(0))
        checked(added, "landlock_add_rule")

    def allow_path(self, rights, path):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            self.allow(rights, descriptor)
        finally:
            os.close(descriptor)

    def enforce(self):
        checked(libc.syscall(LANDLOCK_RESTRICT_SELF, self.descriptor, ctypes.c_uint32(0)), "landlock_restrict_self")


def show_only(order):
    ruleset = Ruleset(order.network)
    for path in order.read:
        ruleset.allow_path(Ruleset.READ_FOLDER if os.path.isdir(path) else Ruleset.READ_ONE, path)
    for path in order.use:
        ruleset.allow_path(Ruleset.USE_ONE, path)
    ruleset.allow_path(Ruleset.OWN_FOLDER, order.scratch)
    # So that /dev/stdin and its like can be opened.
    ruleset.allow(Ruleset.READ_FILE, 0)
    ruleset.allow(Ruleset.WRITE_FILE | Ruleset.TRUNCATE, 1)
    ruleset.allow(Ruleset.WRITE_FILE | Ruleset.TRUNCATE, 2)
    ruleset.enforce()


class Filter:
    """A seccomp program, from a descriptor."""

    class SockFprog(ctypes.Structure):
        _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    def __init__(self, descriptor):
        with os.fdopen(descriptor, "rb") as file:
            program = file.read()
        self.instructions = ctypes.create_string_buffer(program, len(program))
        self.fprog = self.SockFprog(len(program) // 8, ctypes.addressof(self.instructions))

    def enforce(self):
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(self.fprog))

    def enforce_and_listen(self):
        flags = ctypes.c_ulong(SECCOMP_FILTER_FLAG_NEW_LISTENER)
        listener = libc.syscall(SECCOMP, SECCOMP_SET_MODE_FILTER, flags, ctypes.byref(self.fprog))
        return checked(listener, "seccomp(NEW_LISTENER)")


def close_all_but(kept):
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in kept:
            try:
                os.close(int(name))
            except OSError:
                pass  # the one that listed them


def run(order, link):
    """Becomes the job; never returns. `link` is an end of each of two pipes to the launcher's side."""
    try:
        os.set_inheritable(WORKER, False)
        os.setsid()
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
        become(order)
        os.chdir(order.scratch)
        limit(order.limits)
        counting = None if order.count is None else Filter(order.count[1])
        refusing = None if order.filter is None else Filter(order.filter)
        close_all_but({0, 1, 2, WORKER, *link})
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        if counting is not None:
            hand_over(counting.enforce_and_listen(), link)
        for end in link:
            os.close(end)
        if order.confine:
            show_only(order)
            refusing.enforce()
        # Python ignores these two, and what is ignored stays so in the next program.
        libc.signal(SIGPIPE, SIG_DFL)
        libc.signal(SIGXFSZ, SIG_DFL)
        os.execve(order.command[0], order.command, {})
    except BaseException as error:
        tell(f"lost {error}")
    os._exit(1)


def hand_over(listener, link):
    """Says its number, and waits until the launcher's side has got a copy."""
    os.write(link[1], str(listener).encode())
    os.read(link[0], 1)
    os.close(listener)


# -- the launcher's side ----------------------------------------------------------------------------------------------


def tell(message):
    try:
        os.write(WORKER, message.encode() + b"\n")
    except OSError:
        pass  # the worker is gone


def list_folder(path):
    try:
        return os.listdir(path)
    except OSError:
        return []  # a process that has ended


def children_of(pid):
    found = []
    for thread in list_folder(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/children") as file:
                found += map(int, file.read().split())
        except OSError:
            pass
    return found


def descendants():
    """All processes below this one: orphans come here as well, since it is their subreaper."""
    found, to_do = [], [os.getpid()]
    while to_do:
        children = children_of(to_do.pop())
        found += children
        to_do += children
    return found


def reap(but=None):
    """Lets go of the children that have ended."""
    for pid in children_of(os.getpid()):
        if pid != but:
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                pass


def kill_all():
    """Kills every process below this one, however they multiply meanwhile; returns how many there were."""
    killed = set()
    while True:
        reap()
        alive = descendants()
        if not alive:
            return len(killed)
        for pid in alive:
            try:
                os.kill(pid, SIGKILL)
                killed.add(pid)
            except ProcessLookupError:
                pass
        time.sleep(0.001)


class Counter:
    """Lets no more than so many threads and processes begin, where RLIMIT_NPROC would count those of other jobs, too.

    Each fork and clone of the job waits until it is answered here: seccomp_unotify(2). Nothing is decided by what a process
    could change meanwhile, only by how many there are.
    """

    # What was allowed this long ago is there to be counted.
    SETTLED_S = 0.005

    def __init__(self, listener, most):
        self.listener, self.most = listener, most
        self.allowed, self.since = 0, 0.0

    def answer(self):
        request = bytearray(80)
        try:
            fcntl.ioctl(self.listener, SECCOMP_IOCTL_NOTIF_RECV, request)
            (request_id,) = struct.unpack_from("=Q", request)
            if self.may_begin():
                answer = struct.pack("=QqiI", request_id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE)
            else:
                answer = struct.pack("=QqiI", request_id, 0, -errno.EAGAIN, 0)
            fcntl.ioctl(self.listener, SECCOMP_IOCTL_NOTIF_SEND, answer)
        except OSError:
            pass  # who asked is gone

    def may_begin(self):
        if time.monotonic() - self.since > self.SETTLED_S:
            self.allowed = 0
        if self.allowed > 0 and self.tasks() + self.allowed >= self.most:
            time.sleep(self.SETTLED_S)
            self.allowed = 0
        if self.tasks() + self.allowed >= self.most:
            return False
        self.allowed, self.since = self.allowed + 1, time.monotonic()
        return True

    @staticmethod
    def tasks():
        return sum(len(list_folder(f"/proc/{pid}/task")) for pid in descendants())


def attend(job, ended, counter):
    """Waits for the end of the job or for the order to end it; returns what there is to tell."""
    events = select.poll()
    for descriptor in (WORKER, ended) if counter is None else (WORKER, ended, counter.listener):
        events.register(descriptor, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in events.poll()}
        if WORKER in ready:
            return f"killed {kill_all()}"
        if ended in ready:
            code = os.waitstatus_to_exitcode(os.waitpid(job, 0)[1])
            kill_all()
            return f"exit {code if code >= 0 else 128 - code}"
        reap(but=job)
        counter.answer()


def take_over(pidfd, link, most):
    """The counter of what the job starts; None when the job has ended before it could hand its listener over."""
    number = os.read(link[0], 16)
    if not number:
        return None
    listener = checked(libc.syscall(PIDFD_GETFD, pidfd, int(number), ctypes.c_uint(0)), "pidfd_getfd")
    os.write(link[1], b"!")
    return Counter(listener, most)


def main():
    order = Order(sys.argv[1:])
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    (from_job, to_launcher), (from_launcher, to_job) = os.pipe(), os.pipe()
    job = os.fork()
    if job == 0:
        os.close(from_job)
        os.close(to_job)
        run(order, (from_launcher, to_launcher))
    close_all_but({WORKER, from_job, to_job})
    ended = os.pidfd_open(job)
    counter = None if order.count is None else take_over(ended, (from_job, to_job), order.count[0])
    tell(attend(job, ended, counter))


main()
