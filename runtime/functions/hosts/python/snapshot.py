"""Snapshots of a function's env as tagged JSON: what snapshot_writer.py and snapshot_reader.py agree on. No pickle: restoring
one runs no code but the reader's own.

None, bool, int, finite float, str and list are plain JSON. Everything else is an object whose first key is its type, such
as {"deque": [1, 2], "maxlen": 12}. {"ref": n} is the n-th mutable container, counted from 0 as they open.
"""
import collections

FORMAT = 1
NUMPY_KINDS = "biufcmMSU"
#: What a defaultdict may be one of.
FACTORIES = {
    each.__name__: each
    for each in (list, dict, set, tuple, int, float, str, bool, collections.deque, collections.Counter, collections.OrderedDict)
}
