"""Frames over the private descriptor, the twin of frames.ts: a 4-byte big-endian length of what follows, one byte of type
(see protocol.ts), the 4-byte number of the function, and the payload."""
import _thread
import os
import struct

LOAD, CONTEXT, INVOKE, RESTORE, SAVE, LEAVE = 1, 2, 3, 4, 5, 6
LOADED, RESULT, FAILED, SNAPSHOT, RESTORED, SAVED, LEFT, PRINTED = 11, 12, 13, 14, 15, 16, 17, 18
HEADER = struct.Struct(">IBI")
AFTER_LENGTH = HEADER.size - 4


class Channel:
    """User code and its children do not find it at its usual number."""

    def __init__(self, inherited):
        self.fd = os.dup(inherited)  # dup makes it non-inheritable
        os.close(inherited)
        os.set_blocking(self.fd, True)
        self.owner = os.getpid()
        self.buffer, self.at = b"", 0
        self.lock = _thread.RLock()  # threads of a function print whenever they like

    def _fill(self, size):
        """Makes the buffer hold at least so many bytes that have not been read."""
        missing = size - (len(self.buffer) - self.at)
        if missing <= 0:
            return
        chunks = [self.buffer[self.at :]]
        while missing > 0:
            chunk = os.read(self.fd, max(65536, missing))
            if not chunk:
                raise EOFError
            chunks.append(chunk)
            missing -= len(chunk)
        self.buffer, self.at = b"".join(chunks), 0

    def receive(self):
        self._fill(HEADER.size)
        length, kind, number = HEADER.unpack_from(self.buffer, self.at)
        self._fill(4 + length)
        start, self.at = self.at + HEADER.size, self.at + 4 + length
        return kind, number, self.buffer[start : self.at]

    @property
    def is_forked(self):
        """A function forked, and this is its child."""
        return os.getpid() != self.owner

    def send(self, number, frames):
        if self.is_forked:
            os._exit(0)  # the child came back here as well
        data = b"".join([HEADER.pack(len(payload) + AFTER_LENGTH, kind, number) + payload for kind, payload in frames])
        with self.lock:
            written = os.write(self.fd, data)
            while written < len(data):
                written += os.write(self.fd, data[written:])
