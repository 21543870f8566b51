/** From the runtime to its JavaScript host process: make or end a worker thread. */
export type ControlOrder =
  /** Where the worker connects, and what it says first, so that it speaks to the runtime without a hop in between. */
  ({ order: 'start'; id: string } & WorkerOrder) | { order: 'stop'; id: string };

export type WorkerOrder = { socket: string; token: string };

/** The only one who can send to the host process is the runtime that started it. */
export function isControlOrder(message: unknown): message is ControlOrder {
  return typeof message === 'object' && message !== null && 'order' in message && 'id' in message;
}
