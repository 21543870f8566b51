"""A failure as its author wants to see it: in their own frames, not the host's."""
import importlib
import json
import os
import traceback

MAX_TRACEBACK = 16_384
HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep


def is_machinery(frame):
    name = frame.f_code.co_filename
    return name.startswith((HERE, "<frozen importlib")) or name == importlib.__file__


def as_json(kind, message):
    return json.dumps({"kind": kind, "message": message[:1000]}).encode()


def describe(kind, error):
    frames = error.__traceback__
    while frames is not None and is_machinery(frames.tb_frame):
        frames = frames.tb_next
    headline = traceback.format_exception_only(type(error), error)[-1].strip()
    whole = "".join(traceback.format_exception(type(error), error, frames))
    if len(whole) > MAX_TRACEBACK:
        whole = "…" + whole[-MAX_TRACEBACK:]
    return json.dumps({"kind": kind, "message": headline[:1000], "traceback": whole}).encode()
