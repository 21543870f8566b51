"""Finds what is unusual: how many standard deviations the mean CPU load is away from its last ten minutes."""
from collections import deque
from statistics import fmean, pstdev

WINDOW = 120  # ten minutes of one sample every 5 s
ENOUGH = 12  # a minute, before anything is called unusual
LIMIT = 3.0
FLOOR = 1.0  # percent: a perfectly quiet machine is not alarmed by a breath


def handler(input, context):
    load = fmean(value for key, value in input.items() if key.startswith("cpu_percent-"))
    window = context.env.setdefault("window", deque(maxlen=WINDOW))
    score = 0.0
    if len(window) >= ENOUGH:
        score = (load - fmean(window)) / max(pstdev(window), FLOOR)
    unusual = abs(score) >= LIMIT
    if unusual:
        print(f"load {load:.1f} % is {score:+.1f} standard deviations from its last ten minutes")
    else:
        window.append(load)  # what is unusual does not become the new normal
    return {"load_percent": load, "z_score": score, "unusual": int(unusual)}
