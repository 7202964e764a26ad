from django.db import models

from goodword.kit.models import Row


class Notice(Row):
    """Something that `owner` should know; `kind` names the sentence, `facts` fill it in."""

    owner = models.UUIDField()
    kind = models.CharField(max_length=60)  # "orders.shipped"
    subject = models.UUIDField()
    actor = models.UUIDField(null=True)  # None: the house itself
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-at", "-id"], name="notices_list"),
            models.Index(
                fields=["owner", "subject"],
                condition=models.Q(read_at=None),
                name="notices_unread",
            ),
        ]
