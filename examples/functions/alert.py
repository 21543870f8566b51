"""Posts to a webhook when memory runs short, once, and again when it is well: ALERT_WEBHOOK=https://… npm start"""
import json
import os
import urllib.request

RAISE = 90.0
CLEAR = 80.0  # lower, so that a value on the edge does not ring all the time


def handler(input, context):
    used = input["virtual_memory-percent"]
    raised = context.env.setdefault("raised", False)
    if not raised and used >= RAISE:
        notify(f"memory is {used} % used", input)
        context.env["raised"] = True
    elif raised and used <= CLEAR:
        notify(f"memory is well again: {used} % used", input)
        context.env["raised"] = False
    return {"memory_used_percent": used, "alert": int(context.env["raised"])}


def notify(text, input):
    url = os.environ.get("ALERT_WEBHOOK")
    print(text)
    if not url:
        return
    body = json.dumps({"text": text, "timestamp": input["timestamp"]}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    # Shorter than the function's own time limit: a webhook that hangs is an error here, not a killed function.
    urllib.request.urlopen(request, timeout=5).close()
