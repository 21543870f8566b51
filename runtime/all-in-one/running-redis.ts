import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pidIn, programOf } from './home.ts';

/** Where an embedded Redis keeps its data. */
export const redisFolder = (home: string): string => join(home, 'redis');
export const redisPidFile = (folder: string): string => join(folder, 'redis.pid');
const portFile = (folder: string): string => join(folder, 'port');

export const embeddedUrl = (port: number | string): string => `redis://127.0.0.1:${port}`;

/** For whoever wants to reach it without having started it. */
export function notePort(folder: string, port: number): void {
  writeFileSync(portFile(folder), String(port));
}

/** Whether a process is a Redis; null where the system does not tell. */
export function isRedis(pid: number): boolean | null {
  const program = programOf(pid);
  return program === null ? null : /(redis|valkey)/.test(program);
}

/** The URL of the one that runs in this home folder; null when none does, or when it is somebody else's. */
export function runningRedis(home: string): string | null {
  const folder = redisFolder(home);
  const pid = pidIn(redisPidFile(folder));
  if (pid === null || isRedis(pid) === false || !existsSync(portFile(folder))) return null;
  return embeddedUrl(readFileSync(portFile(folder), 'utf8'));
}
