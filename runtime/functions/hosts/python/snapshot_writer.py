"""Writes snapshots of env; their form is told in snapshot.py."""
import base64
import collections
import datetime
import decimal
import json
import math
import sys
from json.encoder import encode_basestring_ascii as quoted

# host.py gives own_module to every module of the host.
snapshot = own_module("snapshot")
FACTORIES, NUMPY_KINDS = snapshot.FACTORIES, snapshot.NUMPY_KINDS
HEAD = f'{{"language":"python","format":{snapshot.FORMAT},"env":'
MAX_DEPTH = 200
MAX_REPORTED = 10
#: Texts of small tuples are kept from one snapshot to the next: in a window, all but the newest have been seen before.
MAX_KEPT_TEXT = 256
#: Sequences of nothing but these are left to the json module's C code.
PLAIN = frozenset({type(None), bool, int, float})
PLAIN_JSON = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


class Unsavable(Exception):
    def __init__(self, kind, path):
        self.kind, self.path = kind, tuple(path)


class TooLarge(Exception):
    pass


def of_int(value):
    # Beyond some digits Python refuses decimal text, in both directions.
    return str(value) if value.bit_length() < 4096 else f'{{"int":"{value:#x}"}}'


def of_float(value):
    return float.__repr__(value) if math.isfinite(value) else f'{{"float":"{value}"}}'


def of_time(kind):
    head, tail = f'{{"{kind}":"', '"}'

    def text(value):
        if value.tzinfo is None and not value.fold:
            return head + value.isoformat() + tail
        zone = "" if value.tzinfo is None else f',"tz":{of_zone(value.tzinfo)}'
        return f'{head}{value.replace(tzinfo=None).isoformat()}"{zone},"fold":{value.fold}}}'

    return text


def of_zone(zone):
    if type(zone) is datetime.timezone:
        offset, *name = zone.__getinitargs__()
        return json.dumps([offset.total_seconds(), *name])
    zoneinfo = sys.modules.get("zoneinfo")  # half a megabyte: loaded for those who use it
    if zoneinfo is not None and type(zone) is zoneinfo.ZoneInfo and zone.key is not None:
        return quoted(zone.key)
    raise Unsavable(type(zone).__name__, ())


def of_bytes(value):
    return f'{{"bytes":"{base64.b64encode(value).decode()}"}}'


ATOMS = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: of_int,
    float: of_float,
    complex: lambda value: f'{{"complex":"{value}"}}',
    str: quoted,
    bytes: of_bytes,
    datetime.datetime: of_time("datetime"),
    datetime.time: of_time("time"),
    datetime.date: lambda value: f'{{"date":"{value.isoformat()}"}}',
    datetime.timedelta: lambda value: f'{{"timedelta":[{value.days},{value.seconds},{value.microseconds}]}}',
    decimal.Decimal: lambda value: f'{{"Decimal":"{value}"}}',
}


class Writer:
    """One snapshot. An item of a dict that cannot be saved is left out; a sequence with a hole would be another one."""

    def __init__(self, texts, kept, room):
        self.texts, self.kept, self.room = texts, kept, room
        self.seen, self.path, self.not_saved, self.used = {}, [], [], 0

    def text(self, value):
        kind = type(value)
        atom = ATOMS.get(kind)
        if atom is not None:
            if (kind is str or kind is bytes) and len(value) > 1024:
                self.spend(len(value))
            try:
                return atom(value)
            except Unsavable as fault:
                fault.path = tuple(self.path)
                raise
        if kind is tuple:
            return self.texts.get(id(value)) or self.tuple(value)
        number = self.seen.get(id(value))
        if number is not None:
            return f'{{"ref":{number}}}'
        if len(self.path) > MAX_DEPTH:
            raise Unsavable("nested too deeply", self.path[:8])
        if kind is frozenset:
            return f'{{"frozenset":[{self.items(value)}]}}'
        write = CONTAINERS.get(kind)
        if write is None:
            return self.numpy(value)
        self.seen[id(value)] = len(self.seen)
        return write(self, value)

    def spend(self, least):
        """Gives up on a state that is too large before it has been written: `least` is no more than what it will take."""
        self.room -= least
        if self.room < 0:
            raise TooLarge

    def tuple(self, value):
        try:
            text = f'{{"tuple":[{",".join([ATOMS[type(item)](item) for item in value])}]}}'
        except (KeyError, Unsavable):
            if len(self.path) > MAX_DEPTH:
                raise Unsavable("nested too deeply", self.path[:8]) from None
            return f'{{"tuple":[{self.items(value)}]}}'
        if len(text) <= MAX_KEPT_TEXT:
            self.texts[id(value)] = text
            self.kept.append(value)  # as long as it lives, its id means it
        else:
            self.spend(len(text))
        return text

    def items(self, values):
        self.spend(2 * len(values))
        self.used += len(values)
        if len(values) > 8 and PLAIN.issuperset(map(type, values)):
            try:
                return PLAIN_JSON(list(values))[1:-1]
            except ValueError:
                pass  # a NaN, or an int of thousands of digits: one by one
        parts = list(map(self.texts.get, map(id, values)))
        if None in parts:
            path = self.path
            path.append(0)
            for index, value in enumerate(values):
                if parts[index] is None:
                    path[-1] = index
                    parts[index] = self.text(value)
            path.pop()
        return ",".join(parts)

    def pairs(self, value):
        self.spend(4 * len(value))
        path, seen, parts = self.path, self.seen, []
        depth = len(path)
        path.append(None)
        for key, item in value.items():
            path[depth] = key
            opened = len(seen)
            try:
                parts.append(f"{self.text(key)},{self.text(item)}")
            except Unsavable as fault:
                del path[depth + 1 :]
                while len(seen) > opened:
                    seen.popitem()
                self.report(fault)
        path.pop()
        return ",".join(parts)

    def report(self, fault):
        if len(self.not_saved) < MAX_REPORTED:
            path = "env" + "".join(step(each) for each in fault.path)
            self.not_saved.append({"path": path[:200], "type": fault.kind[:100]})

    def deque(self, value):
        maxlen = "" if value.maxlen is None else f',"maxlen":{value.maxlen}'
        return f'{{"deque":[{self.items(value)}]{maxlen}}}'

    def defaultdict(self, value):
        factory = value.default_factory
        name = "" if factory is None else getattr(factory, "__name__", "")
        if factory is not None and FACTORIES.get(name) is not factory:
            raise Unsavable(f"defaultdict of a {type(factory).__name__}", self.path)
        return f'{{"defaultdict":[{self.pairs(value)}],"factory":"{name}"}}'

    def bytearray(self, value):
        self.spend(len(value))
        return f'{{"bytearray":"{base64.b64encode(value).decode()}"}}'

    def numpy(self, value):
        kind, numpy = type(value), sys.modules.get("numpy")
        if numpy is None or not isinstance(value, (numpy.ndarray, numpy.generic)):
            raise Unsavable(kind.__name__, self.path)
        dtype = value.dtype
        if kind.__module__ != "numpy" or dtype.kind not in NUMPY_KINDS or dtype.itemsize == 0:
            raise Unsavable(f"{kind.__name__} of {dtype}", self.path)
        self.spend(value.nbytes)
        body = f'"{base64.b64encode(value.tobytes()).decode()}","dtype":{quoted(dtype.str)}'
        if kind is not numpy.ndarray:
            return f'{{"numpy":{body}}}'
        self.seen[id(value)] = len(self.seen)
        return f'{{"ndarray":{body},"shape":{list(value.shape)}}}'


CONTAINERS = {
    list: lambda writer, value: f"[{writer.items(value)}]",
    dict: lambda writer, value: f'{{"dict":[{writer.pairs(value)}]}}',
    set: lambda writer, value: f'{{"set":[{writer.items(value)}]}}',
    bytearray: Writer.bytearray,
    collections.deque: Writer.deque,
    collections.OrderedDict: lambda writer, value: f'{{"OrderedDict":[{writer.pairs(value)}]}}',
    collections.Counter: lambda writer, value: f'{{"Counter":[{writer.pairs(value)}]}}',
    collections.defaultdict: Writer.defaultdict,
}


def step(key):
    """One step of a path, as its author would write it."""
    if type(key) is str:
        return f".{key}" if key.isidentifier() else f"[{quoted(key[:40])}]"
    if type(key) is int:
        return f"[{of_int(key)[:40]}]"
    return f"[{key!r:.40}]" if type(key) in ATOMS else f"[{type(key).__name__}]"


class Encoder:
    """Writes snapshots, one after the other, and remembers from one to the next what cannot have changed."""

    def __init__(self):
        self.texts, self.kept = {}, []

    def encode(self, env, max_bytes):
        """The text, or None when nothing of it can be saved, and what was left out as [{path, type}]."""
        writer = Writer(self.texts, self.kept, max_bytes)
        try:
            text = f"{HEAD}{writer.text(env)}}}"
            if len(text) > max_bytes:
                raise TooLarge
        except Unsavable as fault:
            writer.report(fault)
            text = None
        except TooLarge:
            text = None
            writer.not_saved = [{"path": "env", "type": f"larger than {max_bytes // 1024} KiB"}]
        if len(self.kept) > 4 * writer.used + 1024:
            self.texts, self.kept = {}, []
        return text, writer.not_saved
