"""The baseline: what a person would write without Vigia, one process with a Redis client, json, a handler and a SET.

Its Redis client is these few lines over a plain socket, also where the `redis` package is installed: they do less than
any general client does, so nobody can say that the baseline was made slow.
"""
import datetime
import importlib.util
import json
import socket
import sys
import time
from types import SimpleNamespace
from urllib.parse import urlparse


class Redis:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.send, self.receive = self.socket.sendall, self.socket.recv

    def get(self, key):
        self.send(b"*2\r\n$3\r\nGET\r\n$%d\r\n%s\r\n" % (len(key), key))
        reply = self.receive(65536)
        while b"\r\n" not in reply:
            reply += self.receive(65536)
        head, _, body = reply.partition(b"\r\n")
        length = int(head[1:])
        if length < 0:
            return None
        while len(body) < length + 2:
            body += self.receive(65536)
        return body[:length]

    def set(self, key, value):
        self.send(b"*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n" % (len(key), key, len(value), value))
        reply = self.receive(64)
        while not reply.endswith(b"\r\n"):
            reply += self.receive(64)
        if reply != b"+OK\r\n":
            raise RuntimeError(reply)


def load(path):
    spec = importlib.util.spec_from_file_location("usermodule", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.handler


def main():
    url, path, input_key, output_key = sys.argv[1:5]
    address = urlparse(url)
    redis = Redis(address.hostname, address.port)
    handler = load(path)
    context = SimpleNamespace(env={}, last_execution=None)
    read, write = input_key.encode(), output_key.encode()

    def once():
        text = redis.get(read)
        if not text:
            return
        event = json.loads(text)
        context.host, context.port = address.hostname, address.port
        context.input_key, context.output_key = input_key, output_key
        output = handler(event, context)
        if output:
            redis.set(write, json.dumps(output).encode())
        context.last_execution = datetime.datetime.now()

    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        answer = at_fixed_rate(once, order) if "everyMs" in order else back_to_back(once, order)
        print(json.dumps(answer), flush=True)


def back_to_back(once, order):
    seconds = order["ms"] / 1000
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        once()
        done += 1
    return {"done": done, "ms": (time.perf_counter() - started) * 1000}


def at_fixed_rate(once, order):
    """`lags` and `ends`: how late each tick began, and had its result written, in ms."""
    started = time.perf_counter()
    due, lags, ends = started + order["afterMs"] / 1000, [], []
    while due < started + order["ms"] / 1000:
        time.sleep(max(0, due - time.perf_counter()))
        lags.append((time.perf_counter() - due) * 1000)
        once()
        ends.append((time.perf_counter() - due) * 1000)
        due += order["everyMs"] / 1000
    return {"lags": lags, "ends": ends}


main()
