import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';

const taken = new WeakMap<ServerResponse, Socket>();

/** The connection that such a response goes on with, once it counts as closed itself. */
export function socketTakenFrom(response: ServerResponse): Socket | undefined {
  return taken.get(response);
}

/**
 * The connection of a response whose headers are out, for whoever writes its body alone and reads nothing more. A response
 * holds on to its request, its parser and their buffers while it is open, which is most of what a viewer costs. So the
 * connection itself (libuv's handle, under the name that Node's own modules have for it) is put into a socket of its own, and
 * the one that the server knows is closed, as if the viewer had gone. Where that cannot be, it is the response's socket.
 */
export function ownSocket(response: ServerResponse): Socket | null {
  const { socket } = response;
  if (socket === null || socket.destroyed) return null;
  const handle: unknown = Reflect.get(socket, '_handle');
  const isPlain = handle instanceof Object && handle.constructor.name === 'TCP';
  // Headers that still wait to be sent would be lost.
  if (!isPlain || socket.writableLength > 0) return socket;
  // The server's parser reads from the handle by itself until somebody else asks for data.
  socket.on('data', ignore);
  Reflect.set(socket, '_handle', null);
  socket.destroy();
  const own: Socket = Reflect.construct(Socket, [{ handle }]);
  taken.set(response, own);
  own.on('error', ignore);
  // Unless it reads, nobody learns that the viewer has gone.
  own.resume();
  return own;
}

function ignore(): void {}
