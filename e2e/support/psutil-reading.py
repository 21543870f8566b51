"""For each line on stdin, prints what psutil says now, under the names of the input key."""
import json
import sys

import psutil

COUNTERS = ("bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "errin", "errout", "dropin", "dropout")
MEMORY = (
    "total", "available", "percent", "used", "free", "active", "inactive", "buffers", "cached", "shared", "slab",
)

for _ in sys.stdin:
    reading = {}
    for cpu, percent in enumerate(psutil.cpu_percent(percpu=True)):
        reading[f"cpu_percent-{cpu}"] = percent
    frequency = psutil.cpu_freq()
    if frequency is not None:
        reading["cpu_freq_current"] = frequency.current
    for name, value in psutil.cpu_stats()._asdict().items():
        reading[f"cpu_stats-{name}"] = value
    memory = psutil.virtual_memory()
    for name in MEMORY:
        reading[f"virtual_memory-{name}"] = getattr(memory, name)
    reading["n_pids"] = len(psutil.pids())
    for interface, counters in psutil.net_io_counters(pernic=True).items():
        for name in COUNTERS:
            reading[f"net_io_counters_{interface}-{name}"] = getattr(counters, name)
    print(json.dumps(reading), flush=True)
