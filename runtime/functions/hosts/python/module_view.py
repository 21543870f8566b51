"""What one function sees of Python's modules, while others live in the same process.

Each has its own sys.path and sys.argv, and modules of its own: those that do not come from Python's common folders
(the standard library, site-packages, PYTHONPATH). They are in sys.modules only during its turns, so two functions may have
different files of one name. Modules from the common folders are loaded once and shared, with whatever state they keep.

Nothing separates what belongs to the process: os.environ, the working directory, the root logger, signal handlers,
warnings filters, the state of random and numpy.random. A thread of a function that imports something during another
function's turn sees the other's modules.
"""
import os
import sys

FIRST_PATH, FIRST_ARGV = tuple(sys.path), tuple(sys.argv)
COMMON_FOLDERS = tuple(os.path.join(folder, "") for folder in FIRST_PATH[1:] if folder)
HOST_MODULES = frozenset(sys.modules)
# Imported from the common folders since then: whole names, and the first parts of them.
shared, shared_tops = set(), set()


def top_of(name):
    return name.partition(".")[0]


def is_common(name, module):
    origin = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), None)
    if origin is not None:
        return origin.startswith(COMMON_FOLDERS)
    if "." in name:  # made by the package that it is part of
        top = top_of(name)
        return top in HOST_MODULES or top in shared
    return getattr(getattr(module, "__spec__", None), "origin", None) in ("built-in", "frozen")


class ModuleView:
    def __init__(self):
        self.path, self.argv = list(FIRST_PATH), list(FIRST_ARGV)
        self.own, self.hidden = {}, {}
        self.neighbours = frozenset()
        self.size = 0

    def look_around(self, folders):
        """The files beside the function's come before those of the common folders, whoever has imported these already."""
        names = [name for folder in folders if os.path.isdir(folder) for name in os.listdir(folder)]
        self.neighbours = frozenset(name.partition(".")[0] for name in names)
        self.hide_namesakes()

    def hide_namesakes(self):
        namesakes = self.neighbours & shared_tops
        if not namesakes:
            return
        for name in [name for name in sys.modules if name in shared and top_of(name) in namesakes]:
            self.hidden[name] = sys.modules.pop(name)

    def enter(self):
        sys.path, sys.argv = self.path, self.argv
        self.hide_namesakes()
        sys.modules.update(self.own)
        self.size = len(sys.modules)

    def leave(self):
        self.path, self.argv = sys.path, sys.argv
        if len(sys.modules) != self.size:
            self.sort_new()
        modules = sys.modules
        self.own = {name: modules.pop(name) for name in self.own if name in modules}
        modules.update(self.hidden)
        self.hidden.clear()

    def sort_new(self):
        for name, module in list(sys.modules.items()):
            if name in HOST_MODULES or name in self.own or (name in shared and name not in self.hidden):
                continue
            if is_common(name, module):
                shared.add(name)
                shared_tops.add(top_of(name))
            else:
                self.own[name] = module
