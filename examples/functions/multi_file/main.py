"""A function of several files. Build its archive with: python3 -m zipfile -c function.zip main.py rates.py"""
from rates import per_second


def handler(input, context):
    before = context.env.get("before")
    context.env["before"] = input
    if before is None or before["timestamp"] == input["timestamp"]:
        return {}
    return {
        "context_switches_per_second": per_second(before, input, "cpu_stats-ctx_switches"),
        "interrupts_per_second": per_second(before, input, "cpu_stats-interrupts"),
    }
