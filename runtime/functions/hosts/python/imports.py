"""From a file and the name of a handler to the function itself."""
import importlib
import importlib.util
import os
import sys


def load_file(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_packaged(path, name):
    """A module of a package under its full name, so that its relative imports work."""
    module = importlib.import_module(name)
    found = getattr(module, "__file__", None)
    if found is None or not os.path.samefile(found, path):
        raise ImportError(f"{name!r} is also the name of {found or 'a part of Python'}: rename the folder or the file")
    return module


def find_handler(path, handler, imports):
    """`function`, `module.function`, `package.module.function` or `path/to/file.py:function`."""
    folder, stem = os.path.dirname(path), os.path.splitext(os.path.basename(path))[0]
    sys.path[0:1] = imports["paths"] or [folder]
    sys.argv = [path]
    if imports["module"]:
        module = load_packaged(path, imports["module"])
    else:
        # A file called like a module of Python's own must not take its place.
        taken = stem in sys.modules or stem in getattr(sys, "stdlib_module_names", ())
        module = load_file(path, f"usermodule_{stem}" if taken else stem)
    name = handler
    if ":" in handler:
        file, name = handler.rsplit(":", 1)
        wanted = os.path.join(folder, file)
        if os.path.abspath(wanted) != os.path.abspath(path):
            module = load_file(wanted, os.path.splitext(os.path.basename(file))[0])
    elif "." in handler:
        module_name, name = handler.rsplit(".", 1)
        if module_name != stem:
            module = importlib.import_module(module_name)
    found = getattr(module, name, None)
    if not callable(found):
        own = [n for n, v in vars(module).items() if callable(v) and getattr(v, "__module__", None) == module.__name__]
        raise AttributeError(f"{os.path.basename(path)} has no function called {name!r}; it has: {', '.join(own) or 'none'}")
    return found
