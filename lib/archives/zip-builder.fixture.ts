import { crc32, deflateRawSync } from 'node:zlib';

type Fields = { flags: number; method: number; crc: number; compressedSize: number; size: number };

/** An entry to be written. What `central` and `local` hold stands in that header, true or not. */
export type FakeEntry = {
  name: string | Buffer;
  content?: string | Buffer;
  /** Of unix: type and permissions. */
  mode?: number;
  /** What is written as its data, instead of the deflated content. */
  data?: Buffer;
  central?: Partial<Fields & { offset: number }>;
  local?: Partial<Fields & { name: string }>;
};

/** What the end record says; by default the truth. */
export type FakeEnd = Partial<{ count: number; onDisk: number; disk: number; size: number; start: number }> & {
  comment?: Buffer;
  /** Bytes between the directory and its end record. */
  before?: Buffer;
};

/** Writes a zip archive byte by byte, so that every lie can be told. */
export function zipOf(entries: readonly FakeEntry[], end: FakeEnd = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const { local, central } = writeEntry(entry, at);
    locals.push(local);
    centrals.push(central);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(end.disk ?? 0, 4);
  record.writeUInt16LE((end.onDisk ?? end.count ?? entries.length) & 0xffff, 8);
  record.writeUInt16LE((end.count ?? entries.length) & 0xffff, 10);
  record.writeUInt32LE(end.size ?? directory.length, 12);
  record.writeUInt32LE(end.start ?? at, 16);
  const comment = end.comment ?? Buffer.alloc(0);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end.before ?? Buffer.alloc(0), record, comment]);
}

/** An honest archive of text files. */
export function zipOfFiles(files: Readonly<Record<string, string>>): Buffer {
  return zipOf(Object.entries(files).map(([name, content]) => ({ name, content })));
}

function writeEntry(entry: FakeEntry, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(entry.content ?? '');
  const data = entry.data ?? deflateRawSync(content);
  const truth = { flags: 0x0800, method: 8, crc: crc32(content), compressedSize: data.length, size: content.length };
  const name = Buffer.from(entry.name);
  const inCentral = { offset, ...truth, ...entry.central };
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(0x0314, 4);
  central.writeUInt16LE(20, 6);
  writeFields(central, 8, inCentral);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  central.writeUInt32LE(inCentral.offset, 42);

  const localName = Buffer.from(entry.local?.name ?? name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  writeFields(local, 6, { ...truth, ...entry.central, ...entry.local });
  local.writeUInt16LE(localName.length, 26);
  return { local: Buffer.concat([local, localName, data]), central: Buffer.concat([central, name]) };
}

function writeFields(header: Buffer, at: number, { flags, method, crc, compressedSize, size }: Fields): void {
  header.writeUInt16LE(flags, at);
  header.writeUInt16LE(method, at + 2);
  header.writeUInt32LE(crc, at + 8);
  header.writeUInt32LE(compressedSize, at + 12);
  header.writeUInt32LE(size, at + 16);
}
