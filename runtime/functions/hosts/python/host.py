"""Vigia's Python host: imports one user function and calls it once for each frame on descriptor 3.

A frame is a 4-byte big-endian length of what follows, one byte of type, and the payload (see protocol.ts).
Standard output and error stay the function's own: they are its log and never carry the protocol.
"""
import datetime
import importlib
import importlib.util
import json
import math
import os
import struct
import sys
import traceback

LOAD, CONTEXT, INVOKE, RESTORE, SAVE = 1, 2, 3, 4, 5
LOADED, RESULT, FAILED, SNAPSHOT, RESTORED, SAVED = 11, 12, 13, 14, 15, 16
MAX_TRACEBACK = 16_384
MAX_DEPTH_SHOWN = 8


def own_module(name):
    """A file beside this one, kept out of sys.modules and sys.path: user code can neither shadow it nor come upon it."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"vigia_{name}", path)
    module = importlib.util.module_from_spec(spec)
    # Compiling costs each host some ms and a megabyte that it keeps; where it can be, it is done once for all.
    user_code_is_not_cached, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = user_code_is_not_cached
    return module


CODEC = own_module("snapshot")
ENV_SAVER = own_module("env_saver").EnvSaver


class Context:
    """What the reference runtime gives a handler: attributes, and for older functions also items."""

    def __init__(self):
        self.host = None
        self.port = None
        self.input_key = None
        self.output_key = None
        self.function_getmtime = None
        self.last_execution = None
        self.env = {}

    def __getitem__(self, name):
        try:
            return getattr(self, name)
        except AttributeError:
            raise KeyError(name) from None

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def __contains__(self, name):
        return hasattr(self, name)

    def get(self, name, default=None):
        return getattr(self, name, default)


class BadResult(Exception):
    """The handler's result cannot be written as JSON; the message names the path."""


class Channel:
    """Frames over the private descriptor, which user code and its children do not find at its usual number."""

    def __init__(self, inherited):
        self.fd = os.dup(inherited)  # dup makes it non-inheritable
        os.close(inherited)
        os.set_blocking(self.fd, True)
        self.owner = os.getpid()
        self.buffer = b""

    def _fill(self, size):
        while len(self.buffer) < size:
            chunk = os.read(self.fd, max(65536, size - len(self.buffer)))
            if not chunk:
                raise EOFError
            self.buffer = self.buffer + chunk if self.buffer else chunk

    def receive(self):
        self._fill(4)
        end = 4 + struct.unpack_from(">I", self.buffer)[0]
        self._fill(end)
        kind, payload = self.buffer[4], self.buffer[5:end]
        self.buffer = self.buffer[end:]
        return kind, payload

    def send(self, *frames):
        if os.getpid() != self.owner:
            os._exit(0)  # the handler forked, and its child came back here as well
        data = b"".join(struct.pack(">IB", len(payload) + 1, kind) + payload for kind, payload in frames)
        written = os.write(self.fd, data)
        while written < len(data):
            written += os.write(self.fd, data[written:])


def load_file(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_packaged(path, name):
    """A module of a package under its full name, so that its relative imports work."""
    module = importlib.import_module(name)
    found = getattr(module, "__file__", None)
    if found is None or not os.path.samefile(found, path):
        raise ImportError(f"{name!r} is also the name of {found or 'a part of Python'}: rename the folder or the file")
    return module


def find_handler(path, handler, imports):
    """`function`, `module.function`, `package.module.function` or `path/to/file.py:function`."""
    folder, stem = os.path.dirname(path), os.path.splitext(os.path.basename(path))[0]
    sys.path[0:1] = imports["paths"] or [folder]
    sys.argv = [path]
    if imports["module"]:
        module = load_packaged(path, imports["module"])
    else:
        # A file called like a module of Python's own must not take its place.
        taken = stem in sys.modules or stem in getattr(sys, "stdlib_module_names", ())
        module = load_file(path, f"usermodule_{stem}" if taken else stem)
    name = handler
    if ":" in handler:
        file, name = handler.rsplit(":", 1)
        wanted = os.path.join(folder, file)
        if os.path.abspath(wanted) != os.path.abspath(path):
            module = load_file(wanted, os.path.splitext(os.path.basename(file))[0])
    elif "." in handler:
        module_name, name = handler.rsplit(".", 1)
        if module_name != stem:
            module = importlib.import_module(module_name)
    found = getattr(module, name, None)
    if not callable(found):
        own = [n for n, v in vars(module).items() if callable(v) and getattr(v, "__module__", None) == module.__name__]
        raise AttributeError(f"{os.path.basename(path)} has no function called {name!r}; it has: {', '.join(own) or 'none'}")
    return found


def as_json_type(value):
    """json.dumps calls this for what JSON does not know."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if type(value).__name__ == "Decimal" and type(value).__module__ == "decimal":
        if not value.is_finite():
            return float(value)
        return int(value) if value == value.to_integral_value() else float(value)
    tolist = getattr(value, "tolist", None)  # numpy scalars and arrays, pandas columns
    if callable(tolist) and not isinstance(value, type):
        return tolist()
    raise TypeError


ENCODE = json.JSONEncoder(allow_nan=False, default=as_json_type).encode


def find_fault(value, path="$", above=()):
    """The first thing in a result that JSON cannot hold, as a sentence with its path; None when there is none."""
    if isinstance(value, float):
        return None if math.isfinite(value) else f"{value} at {path}"
    if value is None or isinstance(value, (str, int)):
        return None
    if id(value) in above:
        return f"a reference to itself at {path}"
    if len(above) > 900:
        return f"nested too deeply at {'.'.join(path.split('.')[:MAX_DEPTH_SHOWN])}…"
    inner = above + (id(value),)
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, (str, int, float, bool, type(None))):
                return f"a {type(key).__name__} as a key at {path}"
            fault = find_fault(item, f"{path}.{key}", inner)
            if fault:
                return fault
        return None
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            fault = find_fault(item, f"{path}.{index}", inner)
            if fault:
                return fault
        return None
    try:
        return find_fault(as_json_type(value), path, inner)
    except TypeError:
        return f"a {type(value).__name__} at {path}"


def encode_result(output, max_bytes):
    """The text that goes to the output key; empty for a falsy result, which is not written."""
    if not isinstance(output, dict):
        try:
            if not output:
                return b""
        except Exception:
            pass
        raise BadResult(f"a {type(output).__name__} at $, where a dict is expected")
    if not output:
        return b""
    try:
        text = ENCODE(output).encode()
    except (TypeError, ValueError, RecursionError, OverflowError) as error:
        try:
            fault = find_fault(output)
        except RecursionError:
            fault = "nested too deeply at $"
        raise BadResult(fault or str(error)) from None
    if len(text) > max_bytes:
        raise BadResult(f"{len(text)} bytes of JSON at $, more than {max_bytes}")
    return text


def is_machinery(frame):
    name = frame.f_code.co_filename
    return name in (__file__, importlib.__file__) or name.startswith("<frozen importlib")


def describe(kind, error):
    """A failure as its author wants to see it: their own frames, not the host's."""
    if isinstance(error, BadResult):
        return json.dumps({"kind": kind, "message": str(error)[:1000]}).encode()
    frames = error.__traceback__
    while frames is not None and is_machinery(frames.tb_frame):
        frames = frames.tb_next
    headline = traceback.format_exception_only(type(error), error)[-1].strip()
    whole = "".join(traceback.format_exception(type(error), error, frames))
    if len(whole) > MAX_TRACEBACK:
        whole = "…" + whole[-MAX_TRACEBACK:]
    return json.dumps({"kind": kind, "message": headline[:1000], "traceback": whole}).encode()


def flush_logs():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def invoke(handler, context, payload, max_bytes, saver):
    """The frames of the answer. Only a good invocation has a snapshot, which comes before its result."""
    try:
        event = json.loads(str(payload, "utf-8"))
    except (ValueError, RecursionError) as error:
        message = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return [(FAILED, json.dumps({"kind": "bad-input", "message": f"not JSON: {message}"[:1000]}).encode())]
    try:
        output = handler(event, context)
    except BaseException as error:  # also SystemExit: a function that exits has failed, its host goes on
        return [(FAILED, describe("invocation", error))]
    finally:
        context.last_execution = datetime.datetime.now()
    try:
        result = (RESULT, encode_result(output, max_bytes))
    except BaseException as error:
        return [(FAILED, describe("bad-result", error))]
    snapshot = saver.take(getattr(context, "env", None))
    return [result] if snapshot is None else [(SNAPSHOT, snapshot), result]


def restore(context, saver, payload):
    """What the runtime is told when the snapshot is of no use: env then starts empty, and the next call is the first."""
    last_execution_at, snapshot = str(payload, "utf-8").split("\n", 1)
    at = json.loads(last_execution_at)
    try:
        if snapshot:
            context.env = saver.restore(snapshot)
        context.last_execution = None if at is None else datetime.datetime.fromtimestamp(at / 1000)
    except CODEC.NotRestored as error:
        return {"notRestored": str(error)[:1000]}
    return {}


def serve(channel):
    handler, max_bytes, fixed, context = None, 0, {}, Context()
    saver = ENV_SAVER(CODEC)
    while True:
        kind, payload = channel.receive()
        if kind == INVOKE:
            context.__dict__.update(fixed)
            answer = invoke(handler, context, payload, max_bytes, saver)
            flush_logs()
            channel.send(*answer)
        elif kind == CONTEXT:
            fixed.update(json.loads(payload))
        elif kind == RESTORE:
            channel.send((RESTORED, json.dumps(restore(context, saver, payload)).encode()))
        elif kind == SAVE:
            channel.send((SAVED, saver.take_now(getattr(context, "env", None)) or b""))
        elif kind == LOAD:
            order = json.loads(payload)
            max_bytes = order["maxResultBytes"]
            saver.limit(order["snapshots"])
            try:
                modified = datetime.datetime.fromtimestamp(os.path.getmtime(order["path"]))
                fixed["function_getmtime"] = modified.strftime("%Y-%m-%d %H:%M:%S")
                imports = order.get("imports") or {"module": None, "paths": []}
                handler = find_handler(order["path"], order["handler"], imports)
            except BaseException as error:
                flush_logs()
                channel.send((FAILED, describe("init", error)))
            else:
                flush_logs()
                channel.send((LOADED, b"{}"))


def main():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")
    try:
        serve(Channel(3))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The runtime is gone: leave without the user's exit handlers, which could hang.
        os._exit(0)


main()
