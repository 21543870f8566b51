"""When a snapshot of env is worth sending: when it differs from the last one, and a large one only now and then."""
import json
import time

# host.py gives own_module to every module of the host.
Encoder = own_module("snapshot_writer").Encoder
decode = own_module("snapshot_reader").decode


class EnvSaver:
    def __init__(self):
        self.encoder = Encoder()
        self.large_bytes, self.max_bytes, self.spacing = 0, 0, 0.0
        self.sent = ("", [])
        self.not_before = 0.0

    def limit(self, limits):
        self.large_bytes, self.max_bytes = limits["largeBytes"], limits["maxBytes"]
        self.spacing = limits["largeEveryMs"] / 1000

    def restore(self, text):
        """The env of a snapshot; NotRestored when it is of no use."""
        # Whatever comes next differs from one that is of no use, also an empty env, and takes its place.
        self.sent = None
        env = decode(text)
        self.sent = (text, [])
        return env

    def take_now(self, env):
        """What there is to send, even if another large one is not yet due."""
        self.not_before = 0.0
        return self.take(env)

    def take(self, env):
        """The payload of a snapshot frame: what was left out, a line feed, and the text, which is empty when nothing is
        to be kept. None when there is nothing new. Called after a good invocation, and never fails it."""
        try:
            found = self.look(env)
        except Exception as error:  # a thread of the function changes env at this moment, say
            found = (self.sent[0] if self.sent else "", [{"path": "env", "type": f"{type(error).__name__}: {error}"[:100]}])
        if found is None or found == self.sent:
            return None
        self.sent = found
        text, not_saved = found
        return f"{json.dumps(not_saved) if not_saved else '[]'}\n{text}".encode()

    def look(self, env):
        if env is None or (type(env) is dict and not env):
            return "", []
        now = time.monotonic()
        if now < self.not_before:
            return None
        text, not_saved = self.encoder.encode(env, self.max_bytes)
        if text is None or len(text) > self.large_bytes:
            self.not_before = now + self.spacing
        return text or "", not_saved
