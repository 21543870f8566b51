"""Standard output and error of functions that share a process: what is printed is sent as frames of whose turn it is.

Between two turns that is the one whose turn was last. What does not go through sys.stdout and sys.stderr (C code, child
processes) ends up in the process' own pipes, where the runtime can only tell who ran when it came.
"""
import io
import os

PRINTED = own_module("frames").PRINTED  # host.py gives own_module to every module of the host


class TaggedOutput(io.RawIOBase):
    def __init__(self, fd, channel, whose_turn):
        self.fd, self.channel, self.whose_turn = fd, channel, whose_turn

    def fileno(self):
        return self.fd

    def writable(self):
        return True

    def write(self, data):
        number = self.whose_turn()
        if number is None or self.channel.is_forked:
            return os.write(self.fd, data)
        self.channel.send(number, [(PRINTED, bytes((self.fd,)) + data)])
        return len(data)


def tagged_output(fd, channel, whose_turn):
    raw = io.BufferedWriter(TaggedOutput(fd, channel, whose_turn))
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", line_buffering=True)
