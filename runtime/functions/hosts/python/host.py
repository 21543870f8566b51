"""Vigia's Python host: the process of one function, or with the argument `shared` of many. It imports their code and calls
them, one at a time, once for each frame on descriptor 3 (see frames.py).

Standard output and error are the functions' log and never carry the protocol.
"""
import gc
import importlib.util
import os
import sys

own_modules = {}


def own_module(name):
    """A file beside this one, kept out of sys.modules and sys.path: user code can neither shadow it nor come upon it."""
    if name in own_modules:
        return own_modules[name]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"vigia_{name}", path)
    module = own_modules[name] = importlib.util.module_from_spec(spec)
    module.own_module = own_module
    # Compiling costs each host some ms and a megabyte that it keeps; where it can be, it is done once for all.
    user_code_is_not_cached, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = user_code_is_not_cached
    return module


frames = own_module("frames")
Resident = own_module("resident").Resident

ANSWERS = {
    frames.INVOKE: Resident.invoke,
    frames.CONTEXT: Resident.see,
    frames.LOAD: Resident.load,
    frames.RESTORE: Resident.restore,
    frames.SAVE: Resident.save,
}


class House:
    """The functions that live in this process, and whose turn it is, or was last."""

    def __init__(self):
        self.residents, self.number, self.resident = {}, None, None

    def whose_turn(self):
        return self.number

    def turn_of(self, number):
        if number != self.number:
            self.end_turn()
            self.resident = self.residents.get(number)
            if self.resident is None:
                self.resident = self.residents[number] = Resident()
            self.number = number
            self.resident.modules.enter()
        return self.resident

    def end_turn(self):
        if self.resident is not None:
            self.resident.modules.leave()
        self.number = self.resident = None

    def leave(self, number):
        if number == self.number:
            self.end_turn()
        self.residents.pop(number, None)
        gc.collect()


def flush_logs():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def serve(channel, house):
    while True:
        kind, number, payload = channel.receive()
        if kind == frames.LEAVE:
            house.leave(number)
            channel.send(number, [(frames.LEFT, b"")])
            continue
        answer = ANSWERS[kind](house.turn_of(number), payload)
        if answer:
            flush_logs()
            channel.send(number, answer)


def main():
    channel, house = frames.Channel(3), House()
    if sys.argv[1:] == ["shared"]:
        tagged_output = own_module("prints").tagged_output
        sys.stdout, sys.stderr = (tagged_output(fd, channel, house.whose_turn) for fd in (1, 2))
    else:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
    try:
        serve(channel, house)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The runtime is gone: leave without the user's exit handlers, which could hang.
        os._exit(0)


main()
