from enum import StrEnum


class TransferState(StrEnum):
    AWAITED = "awaited"  # nothing has come
    CANCELLED = "cancelled"  # called off; what comes now goes back
    ARRIVED = "arrived"  # something has come; whether it was the right sum, `taken` says


class TransferRefundState(StrEnum):
    WAITS = "waits"  # for the operator's next bank file
    SENT = "sent"  # stands in a bank file
    DONE = "done"  # a statement says that it left
    FAILED = "failed"  # it came back
