"""Runs in a sandbox at start-up and prints, as JSON, everything that it could do and should not be able to.

Its input is what the worker knows: {"secret": a file of the worker, "port": one on which the worker listens, "worker": its
process id, "calls": {name: number} of system calls that must be refused}.
"""

import ctypes
import errno
import json
import os
import resource
import socket
import sys

known = json.load(sys.stdin)
libc = ctypes.CDLL(None, use_errno=True)
possible = []


def must_fail(what, attempt):
    try:
        attempt()
    except OSError:
        return
    possible.append(what)


def must_be_so(what, fact):
    if not fact:
        possible.append(what)


def call(number):
    # Minus one is no valid flag, address or process of any of them: what is not refused does no harm.
    ctypes.set_errno(0)
    libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
    if ctypes.get_errno() == errno.EPERM:
        raise PermissionError


def is_open(descriptor):
    try:
        os.fstat(descriptor)
        return True
    except OSError:
        return False


must_be_so("it runs as root", os.getuid() != 0 and os.geteuid() != 0)
must_be_so("it has inherited environment variables", set(os.environ) <= {"LC_CTYPE"})
must_be_so("it has inherited descriptors", not any(map(is_open, range(3, 1024))))
must_be_so("its folder is not empty", os.listdir(".") == [])
must_fail("it can read files of the worker", lambda: open(known["secret"]).read())
must_fail("it can read the worker's environment", lambda: open(f"/proc/{known['worker']}/environ").read())
must_fail("it can write beside its folder", lambda: open("/etc/written-by-a-job", "w"))
must_fail("it can signal the worker", lambda: os.kill(known["worker"], 0))
must_fail("it can reach the network", lambda: socket.create_connection(("127.0.0.1", known["port"]), 1))
must_fail("it can send datagrams", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
for limited in ("NPROC", "FSIZE", "NOFILE", "CPU"):
    limit = resource.getrlimit(getattr(resource, "RLIMIT_" + limited))
    must_be_so(f"it has no limit on {limited}", limit[1] != resource.RLIM_INFINITY)
for name, number in known["calls"].items():
    must_fail(f"it can call {name}", lambda: call(number))
print(json.dumps(possible))
