from typing import Any

from django.db import models
from django.db.models import Func


class CurrentTransaction(Func):
    """The number of the database transaction that is writing; it never comes again."""

    template = "pg_current_xact_id()"
    arity = 0

    def __init__(self) -> None:
        super().__init__(output_field=TransactionNumber())


class TransactionNumber(models.Field):
    """PostgreSQL's `xid8`, 64 bits wide. Only compared by the database; Python sees its digits."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002
        return "xid8"
