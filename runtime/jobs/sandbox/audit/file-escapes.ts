import { type Escape, order, pythonTry } from './escape.ts';

export const FILE_ESCAPES: readonly Escape[] = [
  pythonTry(
    'read a file of the machine that everybody may read',
    'if readable(known["secret"]): possible.append("read")',
  ),
  pythonTry(
    'read what a machine tells everybody about itself',
    `for path in ("/etc/hostname", "/etc/machine-id", "/etc/shadow", "/etc/fstab", "/proc/cmdline.txt", "/var/log/dpkg.log", "/run/utmp"):
    if readable(path): possible.append(path)`,
  ),
  pythonTry(
    'read the program’s own source',
    'if readable(known["program"] + "/package.json"): possible.append("read")',
  ),
  pythonTry(
    'list home directories and other people’s folders',
    `for path in ("/home", "/root", "/work", "/srv", "/opt/..", "/var", "/mnt", known["program"], "/run/secrets", "/sys"):
    if os.path.islink(path) is False and works(lambda: [n for n in os.listdir(path) if n not in ("bin","dev","etc","job","lib","lib32","lib64","libx32","opt","proc","sbin","tmp","usr")] != []): possible.append(path)`,
  ),
  pythonTry(
    'write anywhere but on the scratch disk',
    `for folder in ("/", "/usr/bin", "/usr/lib", "/etc", "/job", "/opt", "/dev", "/var/tmp", os.path.dirname(known["secret"]), os.path.dirname(__file__)):
    if works(lambda: open(folder + "/written", "w")): possible.append(folder)
if works(lambda: open(known["secret"], "w")): possible.append("the secret")
if works(lambda: open(__file__, "w")): possible.append("its own code")`,
  ),
  pythonTry(
    'reach files through links',
    `os.symlink(known["secret"], "output")
if readable("output"): possible.append("a symbolic link")
if works(lambda: os.link(known["secret"], "hard")) and readable("hard"): possible.append("a hard link")
if works(lambda: open("output", "w")): possible.append("write through a link")
os.symlink("/", "root")
if readable("root" + known["secret"]): possible.append("a link to the root")`,
  ),
  {
    name: 'leave links behind for the worker to follow',
    async attempt(sandbox, surroundings) {
      const { secret } = surroundings.known;
      const code = `import os\nos.mkdir("d")\nos.symlink(${JSON.stringify(secret)}, "d/output")\nos.symlink("/", "root")\nos.symlink(${JSON.stringify(secret)}, "stdout")\nprint("left")`;
      const outcome = await sandbox.run(order({ language: 'python', code }));
      if (outcome.stdout !== 'left\n') return 'the try itself failed';
      return surroundings.secretIsUntouched() ? null : 'the secret has been changed';
    },
  },
  pythonTry(
    'open devices, or make some',
    `for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/kvm", "/dev/fuse", "/dev/loop-control", "/dev/net/tun", "/dev/vsock"):
    if works(lambda: os.open(path, os.O_RDWR)): possible.append(path)
if works(lambda: os.mknod("disk", 0o60666, os.makedev(8, 0))): possible.append("a block device")
if works(lambda: os.mknod("null", 0o20666, os.makedev(1, 3))): possible.append("a character device")`,
  ),
  {
    name: 'find the files of a job that runs beside it',
    async attempt(sandbox) {
      const found = Promise.withResolvers<string>();
      const done = new AbortController();
      const neighbour = sandbox.run({
        ...order({ language: 'bash', code: 'echo mine > neighbour; chmod 777 . neighbour; pwd; sleep 20' }),
        onOutput: (_stream, text) => found.resolve(text.trim()),
        signal: done.signal,
      });
      const folder = await Promise.race([found.promise, neighbour.then(() => '')]);
      const code = `cat ${folder}/neighbour; cd /; find / -xdev -name neighbour 2> /dev/null; echo end`;
      const { stdout } = await sandbox.run(order({ language: 'bash', code }));
      done.abort();
      await neighbour;
      return folder !== '' && stdout === 'end\n' ? null : `in ${folder}: ${stdout}`;
    },
  },
  {
    name: 'read what a job before it has left',
    async attempt(sandbox) {
      await sandbox.run(
        order({ language: 'bash', code: 'echo mine > left-behind; mkdir -p /dev/shm/x; echo > /dev/shm/x/y' }),
      );
      const after = await sandbox.run(order({ language: 'bash', code: 'ls -A . /dev/shm 2> /dev/null; echo end' }));
      return /left-behind|^x$/m.test(after.stdout) ? after.stdout : null;
    },
  },
];
