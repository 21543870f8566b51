import { existsSync, readdirSync } from 'node:fs';

/**
 * How each package manager is asked, and its names for what Vigia needs. Several names are tried in this order:
 * newer distributions carry Valkey in place of Redis.
 */
export const PACKAGE_MANAGERS = [
  {
    program: 'apt-get',
    env: ['DEBIAN_FRONTEND=noninteractive'],
    options: ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::https::Timeout=30'],
    install: ['install', '-y', '--no-install-recommends'],
    refresh: ['update'],
    mustRefresh: () => !hasEntry('/var/lib/apt/lists', /_Packages/),
    packages: {
      redis: ['redis-server', 'valkey-server'],
      python: ['python3'],
      psutil: ['python3-psutil'],
      chromium: ['chromium', 'chromium-browser'],
    },
    // Debian starts a server as soon as it is installed. It would take the port, and answer in place of the embedded one.
    afterwards: { redis: ['systemctl', 'disable', '--now', 'redis-server'] },
  },
  {
    program: 'dnf',
    install: ['install', '-y'],
    packages: {
      redis: ['redis', 'valkey'],
      python: ['python3'],
      psutil: ['python3-psutil'],
      chromium: ['chromium'],
    },
  },
  {
    program: 'yum',
    install: ['install', '-y'],
    packages: { redis: ['redis'], python: ['python3'], psutil: ['python3-psutil'], chromium: ['chromium'] },
  },
  {
    program: 'apk',
    install: ['add', '--no-cache'],
    packages: { redis: ['redis', 'valkey'], python: ['python3'], psutil: ['py3-psutil'], chromium: ['chromium'] },
  },
  {
    program: 'pacman',
    install: ['-S', '--noconfirm', '--needed'],
    refresh: ['-Sy'],
    packages: { redis: ['valkey', 'redis'], python: ['python'], psutil: ['python-psutil'], chromium: ['chromium'] },
  },
  {
    program: 'zypper',
    install: ['--non-interactive', 'install'],
    packages: {
      redis: ['redis', 'valkey'],
      python: ['python3'],
      psutil: ['python3-psutil'],
      chromium: ['chromium'],
    },
  },
  {
    program: 'brew',
    withoutRoot: true,
    install: ['install', '--quiet'],
    packages: { redis: ['redis', 'valkey'], python: ['python'] },
  },
];

function hasEntry(folder, pattern) {
  return existsSync(folder) && readdirSync(folder).some((name) => pattern.test(name));
}
