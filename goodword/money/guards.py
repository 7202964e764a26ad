"""What the tables of money have in common."""

from collections.abc import Mapping
from typing import Any

import pgtrigger
from django.db import models

from goodword.people.models import Member

from .states import pairs


def unchecked_member() -> Any:
    """A member without a constraint: its check would lock a seller's row at every sale."""
    return models.ForeignKey(
        Member, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )


def only_along(table: Mapping[Any, frozenset[Any]]) -> pgtrigger.Protect:
    """Refuses every change of state that is not in the table of moves.

    The condition is the trigger's own: for an allowed move nothing is called, where pgtrigger.FSM
    would cost as much as the update. It names the moves in one constant, since the server reads it
    anew at each statement: as pairs, a payment's 35 took longer than all the rest of its update.
    """
    allowed = ",".join(f"{old} {new}" for old, new in pairs(table))
    return pgtrigger.Protect(
        name="moves",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.state <> NEW.state AND "
            f"OLD.state || ' ' || NEW.state <> ALL ('{{{allowed}}}'::text[])"
        ),
    )
