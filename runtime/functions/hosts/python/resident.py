"""One function in this process: its code, its context and its env."""
import datetime
import json
import os

# host.py gives own_module to every module of the host.
failures = own_module("failures")
frames = own_module("frames")
results = own_module("results")
Context = own_module("context").Context
EnvSaver = own_module("env_saver").EnvSaver
ModuleView = own_module("module_view").ModuleView
NotRestored = own_module("snapshot_reader").NotRestored
find_handler = own_module("imports").find_handler


def failed(kind, error):
    if isinstance(error, results.BadResult):
        return [(frames.FAILED, failures.as_json(kind, str(error)))]
    return [(frames.FAILED, failures.describe(kind, error))]


class Resident:
    """Each method takes the payload of a frame and returns the frames of the answer."""

    def __init__(self):
        self.handler, self.max_bytes, self.fixed = None, 0, {}
        self.context, self.saver = Context(), EnvSaver()
        self.modules = ModuleView()

    def see(self, payload):
        self.fixed.update(json.loads(payload))
        return []

    def load(self, payload):
        order = json.loads(payload)
        path, imports = order["path"], order.get("imports") or {"module": None, "paths": []}
        self.max_bytes = order["maxResultBytes"]
        self.saver.limit(order["snapshots"])
        try:
            modified = datetime.datetime.fromtimestamp(os.path.getmtime(path))
            self.fixed["function_getmtime"] = modified.strftime("%Y-%m-%d %H:%M:%S")
            self.modules.look_around(imports["paths"] or [os.path.dirname(path)])
            self.handler = find_handler(path, order["handler"], imports)
        except BaseException as error:
            return failed("init", error)
        return [(frames.LOADED, b"{}")]

    def restore(self, payload):
        """The runtime is told why when the snapshot is of no use: env then starts empty, and the next call is the first."""
        last_execution_at, snapshot = str(payload, "utf-8").split("\n", 1)
        at, answer = json.loads(last_execution_at), {}
        try:
            if snapshot:
                self.context.env = self.saver.restore(snapshot)
            self.context.last_execution = None if at is None else datetime.datetime.fromtimestamp(at / 1000)
        except NotRestored as error:
            answer = {"notRestored": str(error)[:1000]}
        return [(frames.RESTORED, json.dumps(answer).encode())]

    def save(self, _payload):
        return [(frames.SAVED, self.saver.take_now(getattr(self.context, "env", None)) or b"")]

    def invoke(self, payload):
        """Only a good invocation has a snapshot, which comes before its result."""
        try:
            event = json.loads(str(payload, "utf-8"))
        except (ValueError, RecursionError) as error:
            message = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            return [(frames.FAILED, failures.as_json("bad-input", f"not JSON: {message}"))]
        context = self.context
        context.__dict__.update(self.fixed)
        try:
            output = self.handler(event, context)
        except BaseException as error:  # also SystemExit: a function that exits has failed, its host goes on
            return failed("invocation", error)
        finally:
            context.last_execution = datetime.datetime.now()
        try:
            result = (frames.RESULT, results.encode_result(output, self.max_bytes))
        except BaseException as error:
            return failed("bad-result", error)
        snapshot = self.saver.take(getattr(context, "env", None))
        return [result] if snapshot is None else [(frames.SNAPSHOT, snapshot), result]
