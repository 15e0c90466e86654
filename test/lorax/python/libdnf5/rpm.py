from .anything import Anything


class TransactionCallbacks(metaclass=Anything):
    pass
