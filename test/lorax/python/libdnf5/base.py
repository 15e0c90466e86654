from types import SimpleNamespace

GoalProblem_NO_PROBLEM = 0
transaction = SimpleNamespace(transaction_item_action_is_inbound=None)


class Base:
    pass
