"""Starts one job with fewer rights than it has itself, and ends all that the job has started.

Descriptor 3 is a socket to the worker. One line comes, a JSON order; one line goes back: {"exit": code} when the job has
ended by itself, {} when the worker has asked for its end with SIGTERM, {"lost": why} when it could not be started;
each with "killed", the number of processes that were. Needs Python 3.9, and no rights: landlock(7), seccomp(2), prctl(2).
"""

import base64
import ctypes
import json
import os
import resource
import signal
import struct
import sys
import time

WORKER = 3
PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
# The same numbers on x86-64 and arm64.
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_RULE_PATH_BENEATH = 1

libc = ctypes.CDLL(None, use_errno=True)


def checked(result, what):
    if result == -1:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def prctl(option, value, pointer=None):
    unused = ctypes.c_ulong(0)
    checked(libc.prctl(option, ctypes.c_ulong(value), pointer or unused, unused, unused), f"prctl({option})")


# -- the job's side ---------------------------------------------------------------------------------------------------


def become(order):
    """Gives up the rest of root's rights before anything else is done."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(order["gid"], order["gid"], order["gid"])
        os.setresuid(order["uid"], order["uid"], order["uid"])
    if os.getuid() == 0:
        raise PermissionError("a job never runs as root")


def limit(limits):
    for name, value in limits.items():
        kind = getattr(resource, "RLIMIT_" + name)
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def tasks_of_this_user():
    """RLIMIT_NPROC counts all threads of a user, also those that were there before the job."""
    tasks, uid = 0, os.getuid()
    for entry in os.scandir("/proc"):
        try:
            if entry.name.isdigit() and entry.stat().st_uid == uid:
                tasks += len(os.listdir(f"/proc/{entry.name}/task"))
        except OSError:
            pass  # it has ended
    return tasks


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


def show_only(files):
    ruleset = Ruleset(files["network"])
    for path in files["read"]:
        ruleset.allow_path(Ruleset.READ_FOLDER if os.path.isdir(path) else Ruleset.READ_ONE, path)
    for path in files["devices"]:
        ruleset.allow_path(Ruleset.USE_ONE, path)
    ruleset.allow_path(Ruleset.OWN_FOLDER, files["scratch"])
    # So that /dev/stdin and its like can be opened.
    ruleset.allow(Ruleset.READ_FILE, 0)
    ruleset.allow(Ruleset.WRITE_FILE | Ruleset.TRUNCATE, 1)
    ruleset.allow(Ruleset.WRITE_FILE | Ruleset.TRUNCATE, 2)
    ruleset.enforce()


def filter_calls(program):
    instructions = ctypes.create_string_buffer(program, len(program))

    class SockFprog(ctypes.Structure):
        _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    fprog = SockFprog(len(program) // 8, ctypes.addressof(instructions))
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(fprog))


def close_all_but_the_first_three():
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) != WORKER:
            try:
                os.close(int(name))
            except OSError:
                pass  # the one that listed them


def run(order):
    """Becomes the job; never returns."""
    os.set_inheritable(WORKER, False)
    try:
        os.setsid()
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
        become(order)
        os.chdir(order["scratch"])
        processes = order["limits"]["NPROC"] + (0 if order["ownUser"] else tasks_of_this_user())
        limit({**order["limits"], "NPROC": processes})
        close_all_but_the_first_three()
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        if order["files"] is not None:
            show_only(order["files"])
        if order["filter"] is not None:
            filter_calls(base64.b64decode(order["filter"]))
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.execve(order["command"][0], order["command"], {})
    except BaseException as error:
        tell({"lost": str(error), "killed": 0})
    os._exit(1)


# -- the launcher's side ----------------------------------------------------------------------------------------------


def tell(message):
    try:
        os.write(WORKER, json.dumps(message).encode() + b"\n")
    except OSError:
        pass  # the worker is gone, and has asked for the end of everything thereby


def children_of(pid):
    found = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children") as file:
                found += map(int, file.read().split())
    except OSError:
        pass  # it has ended
    return found


def descendants_of(pid):
    found, to_do = [], [pid]
    while to_do:
        children = children_of(to_do.pop())
        found += children
        to_do += children
    return found


def reap():
    """How the processes below have ended that have, by pid; orphans come here as well, since this is their subreaper."""
    ended = {}
    try:
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            ended[pid] = status
    except ChildProcessError:
        pass
    return ended


def kill_all():
    """Kills every process below this one, however often they multiply meanwhile; returns how many there were."""
    killed = set()
    while True:
        reap()
        alive = descendants_of(os.getpid())
        if not alive:
            return len(killed)
        for pid in alive:
            try:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
            except ProcessLookupError:
                pass
        time.sleep(0.001)


def attend(job):
    """Waits for the end of the job or for the order to end it; returns what there is to tell."""
    while True:
        if signal.sigwait({signal.SIGCHLD, signal.SIGTERM}) == signal.SIGTERM:
            return {"killed": kill_all()}
        status = reap().get(job)
        if status is not None:
            kill_all()
            code = os.waitstatus_to_exitcode(status)
            return {"exit": code if code >= 0 else 128 - code, "killed": 0}


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, signal.SIGTERM})
    prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    with os.fdopen(os.dup(WORKER), "rb") as stream:
        order = json.loads(stream.readline())
    if os.getppid() != order["worker"]:
        return  # it died before it could be told to say so
    job = os.fork()
    if job == 0:
        run(order)
    for descriptor in (0, 1, 2):
        os.close(descriptor)
    tell(attend(job))


if sys.platform == "linux":
    main()
