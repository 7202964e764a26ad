"""Friends named in what people write, as "@handle".

Whether a name is a link says something about the reader alone: it is one for those who know that
person, and plain text for everybody else, whether such a person exists or not.
"""

import re
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection

from .linking import Part
from .linking import parts as linked
from .visibility import NO_BLOCK

AT_MOST = 50  # names in one text; more are not looked at
_MENTION = re.compile(r"(?<![A-Za-z0-9_@/.])@([A-Za-z0-9_.]{1,30})")

KNOWN = """
SELECT a.handle FROM people_member a
 WHERE a.handle = ANY (%(handles)s) AND a.is_active
   AND (a.id = %(viewer)s OR EXISTS (
         SELECT 1 FROM circle_friendship k WHERE k.owner_id = %(viewer)s AND k.friend_id = a.id)
       AND NO_BLOCK)
""".replace("NO_BLOCK", NO_BLOCK.replace("OTHER", "a.id").format(viewer="%(viewer)s"))


def handles(text: str) -> list[str]:
    """Who is named, each once, in order; a dot that ends the sentence is no part of a handle."""
    if "@" not in text:
        return []
    found = (match[1].rstrip(".").lower() for match in _MENTION.finditer(text))
    return list(dict.fromkeys(handle for handle in found if handle))[:AT_MOST]


def known(viewer: UUID, texts: Iterable[str]) -> frozenset[str]:
    """Of those named in the texts, whom the viewer knows: friends, not blocked, and herself.

    One statement, none where nobody is named.
    """
    named = {handle for text in texts for handle in handles(text)}
    if not named:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, {"handles": list(named), "viewer": viewer})
        return frozenset(row[0] for row in cursor.fetchall())


def parts(text: str, known: Collection[str]) -> list[Part]:
    """`text` in order with its links and the names of `known` apart."""
    if not known:
        return linked(text)
    return [
        piece for part in linked(text) for piece in ([part] if part.href else _named(part, known))
    ]


def _named(part: Part, known: Collection[str]) -> list[Part]:
    found, at = [], 0
    for match in _MENTION.finditer(part.text):
        handle = match[1].rstrip(".")
        if handle.lower() not in known:
            continue
        end = match.start() + 1 + len(handle)
        name = Part(f"@{handle}", f"/@{handle.lower()}", inside=True)
        found += [Part(part.text[at : match.start()]), name]
        at = end
    return [piece for piece in [*found, Part(part.text[at:])] if piece.text]
