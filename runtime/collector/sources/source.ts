/** A number with the type that psutil gives it: a bigint is Python's int, a number is Python's float. */
export type Metric = bigint | number;

/** Metrics by name, in the order in which they are written. */
export type Metrics = ReadonlyMap<string, Metric>;

/** Reads one kind of metric; what it needs to remember between two readings stays inside. */
export type Source = { name: string; read: () => Promise<Metrics> };

/** Where the kernel's files are. A container that watches its host mounts the host's elsewhere. */
export type Roots = Readonly<{ proc: string; sys: string }>;

export const thisMachine: Roots = { proc: '/proc', sys: '/sys' };
