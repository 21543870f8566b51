"""Network egress, memory caching and the moving average of each CPU over the last minute."""
from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(seconds=60)


def handler(input, context):
    now = datetime.fromisoformat(input["timestamp"])
    result = {
        "percent-network-egress": network_egress(input),
        "percent-memory-caching": memory_caching(input),
    }
    windows = context.env.setdefault("windows", {})
    for name, value in input.items():
        if not name.startswith("cpu_percent-"):
            continue
        window = windows.setdefault(name, deque())
        # The function is called every period, also when the collector has not written a new sample since.
        if not window or window[-1][0] != now:
            window.append((now, float(value)))
        while now - window[0][0] >= WINDOW:
            window.popleft()
        cpu = name.removeprefix("cpu_percent-")
        result[f"avg-util-cpu{cpu}-60sec"] = sum(v for _, v in window) / len(window)
    result["timestamp"] = input["timestamp"]
    return result


def network_egress(input):
    sent = input.get("net_io_counters_eth0-bytes_sent", 0)
    received = input.get("net_io_counters_eth0-bytes_recv", 0)
    total = sent + received
    return sent / total * 100 if total else 0.0


def memory_caching(input):
    total = input.get("virtual_memory-total", 0)
    cached = input.get("virtual_memory-cached", 0) + input.get("virtual_memory-buffers", 0)
    return cached / total * 100 if total else 0.0
