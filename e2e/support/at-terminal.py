"""Runs a command on a terminal of its own: at-terminal.py '[["Name:", "ada\\n"], …]' COMMAND…

Each text is typed when the one before it has been shown. Writes what the terminal showed, and ends as the command ends.
"""

import json
import os
import pty
import sys

steps = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b""
seen = 0
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        chunk = b""
    if not chunk:
        break
    shown += chunk
    if steps and shown.find(steps[0][0].encode(), seen) >= 0:
        seen = len(shown)
        os.write(terminal, steps.pop(0)[1].encode())
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
