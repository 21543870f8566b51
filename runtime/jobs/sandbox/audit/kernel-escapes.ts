import { type Escape, pythonTry } from './escape.ts';

export const KERNEL_ESCAPES: readonly Escape[] = [
  pythonTry(
    'make namespaces of its own',
    `for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000, 0x2000000):
    if call(known["calls"]["unshare"], flag): possible.append(("unshare", hex(flag)))
    number = 56 if known["architecture"] == "x64" else 220
    if call(number, flag | 17, 0, 0, 0, 0): possible.append(("clone", hex(flag)))
ctypes.set_errno(0)
libc.syscall(ctypes.c_long(435), b"\\0" * 88, ctypes.c_long(88))
if ctypes.get_errno() != errno.ENOSYS: possible.append("clone3")`,
  ),
  pythonTry('enter namespaces of others', 'if call(known["calls"]["setns"], 0, 0): possible.append("setns")'),
  pythonTry(
    'mount, or change the root',
    `for name in ("mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "mount_setattr"):
    if call(known["calls"][name], -1, -1, -1, -1, -1): possible.append(name)`,
  ),
  pythonTry(
    'use io_uring, which no filter sees into',
    'for name in ("io_uring_setup", "io_uring_enter", "io_uring_register"):\n    if call(known["calls"][name], 1, -1, -1, -1, -1, -1): possible.append(name)',
  ),
  pythonTry(
    'use the kernel’s key rings',
    'for name in ("keyctl", "add_key", "request_key"):\n    if call(known["calls"][name], 0, -3, -1, -1, -1): possible.append(name)',
  ),
  pythonTry(
    'load programs and modules into the kernel, or another kernel',
    'for name in ("bpf", "perf_event_open", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load"):\n    if call(known["calls"][name], -1, -1, -1, -1, -1): possible.append(name)',
  ),
  pythonTry(
    'stop the kernel in the middle with userfaultfd',
    'if call(known["calls"]["userfaultfd"], 1): possible.append("userfaultfd")',
  ),
  pythonTry(
    'every other system call that is refused',
    'for name, number in known["calls"].items():\n    if call(number, -1, -1, -1, -1, -1, -1): possible.append(name)',
  ),
  pythonTry(
    'hold memory that no process is charged for',
    'for name in ("memfd_create", "memfd_secret", "shmget", "msgget", "semget"):\n    if call(known["calls"][name], 0, 4096, 0o1600): possible.append(name)',
  ),
  pythonTry(
    'type into a terminal',
    'for request in (0x5412, 0x541C, 0x5412 | 1 << 32):\n    number = 16 if known["architecture"] == "x64" else 29\n    if call(number, 1, request, b"x"): possible.append(hex(request))',
  ),
  pythonTry(
    'make system calls of another architecture, under which other numbers hold',
    `import mmap
def ends_with_sigsys(machine_code):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(machine_code)
    pid = os.fork()
    if pid == 0:
        ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGSYS, signal.SIGSEGV)
if known["architecture"] == "x64":
    # mov eax, 20; int 0x80; ret, and the same with mov eax, 0x40000027; syscall: getpid of i386 and of x32.
    if not ends_with_sigsys(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3"): possible.append("i386")
    if not ends_with_sigsys(b"\\xb8\\x27\\x00\\x00\\x40\\x0f\\x05\\xc3"): possible.append("x32")`,
  ),
];
