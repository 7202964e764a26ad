from django.db import models

from goodword.kit.models import Row
from goodword.kit.states import among, choices

from .states import Told


class Notice(Row):
    """Something that `owner` should know; `kind` names the sentence, `facts` fill it in."""

    owner = models.UUIDField()
    kind = models.CharField(max_length=60)  # "orders.shipped"
    subject = models.UUIDField()
    actor = models.UUIDField(null=True)  # None: the house itself
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    quiet = models.BooleanField(default=False, db_default=False)  # the bell does not count it
    # Waits to be named in a letter; false when it was, or need not be.
    to_mail = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "subject", "kind"], name="notices_fold"),
            models.Index(fields=["subject"], name="notices_subject"),  # to take back what was told
            models.Index(
                fields=["owner", "at"],
                condition=models.Q(to_mail=True, read_at=None),
                name="notices_to_mail",
            ),
            models.Index(fields=["owner", "-at", "-id"], name="notices_list"),
            models.Index(
                fields=["owner", "subject"],
                condition=models.Q(read_at=None),
                name="notices_unread",
            ),
        ]


class Wish(Row):
    """How `owner` wants to be told of a group; without a row it is as the group is declared."""

    owner = models.UUIDField()
    group = models.CharField(max_length=40)
    told = models.CharField(max_length=5, choices=choices(Told))
    mail = models.BooleanField()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.UniqueConstraint(fields=["owner", "group"], name="notices_wish_once"),
            among("told", Told, "notices_told"),
        ]


class Letter(models.Model):
    """When `owner` was last written to: at most one letter an hour."""

    owner = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
