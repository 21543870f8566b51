"""Reads snapshots of env; their form is told in snapshot.py."""
import base64
import collections
import datetime
import decimal
import json

# host.py gives own_module to every module of the host.
snapshot = own_module("snapshot")
FACTORIES, NUMPY_KINDS = snapshot.FACTORIES, snapshot.NUMPY_KINDS


class NotRestored(Exception):
    """Why a snapshot is of no use, as the end of a sentence."""


class Reader:
    def __init__(self):
        self.containers = []

    def opened(self, container):
        self.containers.append(container)
        return container

    def value(self, node):
        if type(node) is list:
            return self.extended([], node)
        if type(node) is not dict:
            return node
        tag = next(iter(node))
        return READERS[tag](self, node[tag], node)

    def extended(self, sequence, nodes):
        self.opened(sequence)
        for node in nodes:
            sequence.append(self.value(node))
        return sequence

    def filled(self, mapping, nodes):
        self.opened(mapping)
        pairs = iter(nodes)
        for key in pairs:
            # The key first: containers are counted in the order in which they were written.
            key = self.value(key)
            mapping[key] = self.value(next(pairs))
        return mapping

    def set(self, nodes, _node):
        found = self.opened(set())
        for node in nodes:
            found.add(self.value(node))
        return found

    def numpy(self, data, node):
        import numpy

        dtype = numpy.dtype(node["dtype"])
        if dtype.kind not in NUMPY_KINDS:
            raise ValueError(f"a dtype of {dtype}")
        return numpy.ndarray(node.get("shape", ()), dtype, base64.b64decode(data))


def at_zone(value, node):
    zone = node.get("tz")
    if isinstance(zone, str):
        import zoneinfo

        zone = zoneinfo.ZoneInfo(zone)
    elif zone == [0.0]:
        zone = datetime.timezone.utc
    elif zone is not None:
        zone = datetime.timezone(datetime.timedelta(seconds=zone[0]), *zone[1:])
    return value.replace(tzinfo=zone, fold=node.get("fold", 0))


READERS = {
    "ref": lambda reader, number, _: reader.containers[number],
    "int": lambda _, text, __: int(text, 16),
    "float": lambda _, text, __: float(text),
    "complex": lambda _, text, __: complex(text),
    "bytes": lambda _, text, __: base64.b64decode(text),
    "bytearray": lambda reader, text, _: reader.opened(bytearray(base64.b64decode(text))),
    "datetime": lambda _, text, node: at_zone(datetime.datetime.fromisoformat(text), node),
    "time": lambda _, text, node: at_zone(datetime.time.fromisoformat(text), node),
    "date": lambda _, text, __: datetime.date.fromisoformat(text),
    "timedelta": lambda _, parts, __: datetime.timedelta(*parts),
    "Decimal": lambda _, text, __: decimal.Decimal(text),
    "tuple": lambda reader, nodes, _: tuple([reader.value(node) for node in nodes]),
    "frozenset": lambda reader, nodes, _: frozenset([reader.value(node) for node in nodes]),
    "set": Reader.set,
    "deque": lambda reader, nodes, node: reader.extended(collections.deque(maxlen=node.get("maxlen")), nodes),
    "dict": lambda reader, nodes, _: reader.filled({}, nodes),
    "OrderedDict": lambda reader, nodes, _: reader.filled(collections.OrderedDict(), nodes),
    "Counter": lambda reader, nodes, _: reader.filled(collections.Counter(), nodes),
    "defaultdict": lambda reader, nodes, node: reader.filled(
        collections.defaultdict(FACTORIES[node["factory"]] if node["factory"] else None), nodes
    ),
    "ndarray": lambda reader, data, node: reader.opened(reader.numpy(data, node).copy()),
    "numpy": lambda reader, data, node: reader.numpy(data, node)[()],
}


def decode(text):
    """The env of a snapshot; NotRestored says why there is none."""
    try:
        read = json.loads(text)
        language, version = read["language"], read["format"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotRestored("it cannot be read") from None
    if language != "python" or version != snapshot.FORMAT:
        raise NotRestored(f"it is one of {language}, format {version}")
    try:
        return Reader().value(read["env"])
    except Exception as error:
        raise NotRestored(f"it cannot be read: {type(error).__name__}: {error}") from None
