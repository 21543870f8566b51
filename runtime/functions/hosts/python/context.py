"""What the reference runtime gives a handler beside its input."""


class Context:
    """Attributes, and for older functions also items."""

    def __init__(self):
        self.host = None
        self.port = None
        self.input_key = None
        self.output_key = None
        self.function_getmtime = None
        self.last_execution = None
        self.env = {}

    def __getitem__(self, name):
        try:
            return getattr(self, name)
        except AttributeError:
            raise KeyError(name) from None

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def __contains__(self, name):
        return hasattr(self, name)

    def get(self, name, default=None):
        return getattr(self, name, default)
