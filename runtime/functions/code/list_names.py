"""Prints, as JSON, the top-level names of the Python files it is given: parsed by the interpreter, never run.

The files are strangers' code: a parser that runs out of memory or stack costs this process, not the runtime.
"""
import ast
import json
import os
import sys

MAX_SOURCE = 1_000_000
MAX_MEMORY = 1 << 30


def limit_memory():
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    except (ImportError, ValueError, OSError):
        pass


def is_main_guard(test):
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def names_of(target):
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, (ast.Tuple, ast.List)):
        for item in target.elts:
            yield from names_of(item)


def walk(body, defines, imports):
    """Also inside if, try, with and loops, which do not make a new scope."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            defines.append(node.name)
        elif isinstance(node, ast.Assign):
            defines.extend(name for target in node.targets for name in names_of(target))
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            defines.extend(names_of(node.target))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            imports.extend((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.If) and is_main_guard(node.test):
            continue
        else:
            for part in ("body", "orelse", "finalbody"):
                walk(getattr(node, part, []), defines, imports)
            for handler in getattr(node, "handlers", []):
                walk(handler.body, defines, imports)


def look_into(path):
    found = {"defines": [], "imports": []}
    try:
        if os.path.getsize(path) > MAX_SOURCE:
            found["problem"] = "too long to look into"
            return found
        with open(path, "rb") as source:
            walk(ast.parse(source.read()).body, found["defines"], found["imports"])
    except SyntaxError as error:
        found["problem"] = f"{type(error).__name__} in line {error.lineno}: {error.msg}"
    except (OSError, ValueError, MemoryError, RecursionError) as error:
        found["problem"] = f"{type(error).__name__}: {error}"
    return found


limit_memory()
folder, files = sys.argv[1], sys.argv[2:]
print(json.dumps({file: look_into(os.path.join(folder, file)) for file in files}))
