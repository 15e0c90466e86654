from .anything import Anything


class DownloadCallbacks(metaclass=Anything):
    pass
