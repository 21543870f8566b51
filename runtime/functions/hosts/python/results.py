"""What a handler returns, as the JSON that goes to the output key, or a refusal that names the path of what is wrong."""
import datetime
import json
import math
import os
import re

MAX_DEPTH_SHOWN = 8

# The encoder has no way to write digits as they are: they go through it as a string that no function can know.
DIGITS = f"digits-{os.urandom(12).hex()}:"
AS_STRING = re.compile(f'"{DIGITS}([^"]*)"')


class BadResult(Exception):
    """The handler's result cannot be written as JSON; the message names the path."""


def as_json_type(value):
    """json.dumps calls this for what JSON does not know."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if type(value).__name__ == "Decimal" and type(value).__module__ == "decimal":
        return DIGITS + str(value) if value.is_finite() else float(value)
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
        text = ENCODE(output)
        if DIGITS in text:
            text = AS_STRING.sub(r"\1", text)
        text = text.encode()
    except (TypeError, ValueError, RecursionError, OverflowError) as error:
        try:
            fault = find_fault(output)
        except RecursionError:
            fault = "nested too deeply at $"
        raise BadResult(fault or str(error)) from None
    if len(text) > max_bytes:
        raise BadResult(f"{len(text)} bytes of JSON at $, more than {max_bytes}")
    return text
