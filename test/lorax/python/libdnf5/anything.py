class Anything(type):
    """A class with any constant that somebody reads of it while importing."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return name
