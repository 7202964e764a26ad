import pgtrigger
from django.db import models

from goodword.kit.models import Row

# The link is made by the database, so no writer can skip or forge one. Two writers of one chain
# queue on the owner's lock; chains of different owners never meet.
LINK = """
PERFORM pg_advisory_xact_lock(hashtextextended(NEW.owner::text, 0));
SELECT e.seq, e.digest INTO NEW.seq, NEW.previous
  FROM journal_entry e WHERE e.owner = NEW.owner ORDER BY e.seq DESC LIMIT 1;
NEW.seq := coalesce(NEW.seq, 0) + 1;
NEW.previous := coalesce(NEW.previous, '\\x'::bytea);
NEW.digest := sha256(NEW.previous || convert_to(concat_ws(E'\\x1f',
    NEW.owner, NEW.seq, coalesce(NEW.actor::text, '-'), NEW.verb, NEW.subject,
    to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), NEW.body), 'UTF8'));
RETURN NEW;
"""


class Entry(Row):
    """One deed in `owner`’s chain; `actor` did it (None: the house itself)."""

    owner = models.UUIDField()
    seq = models.BigIntegerField(editable=False, default=0)
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)  # "orders.shipped"
    subject = models.UUIDField()
    at = models.DateTimeField()
    body = models.TextField(default="{}")  # canonical JSON: exactly these bytes are chained
    previous = models.BinaryField(editable=False, default=b"")
    digest = models.BinaryField(editable=False, default=b"")

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["owner", "seq"], name="journal_seq")]
        indexes = [models.Index(fields=["subject", "at"], name="journal_subject")]
        triggers = [
            pgtrigger.Trigger(
                name="link", when=pgtrigger.Before, operation=pgtrigger.Insert, func=LINK
            ),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
