"""Finding moments and friends; the viewer comes first. `docs/decisions/0031-search.md`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from goodword.kit.search import Query, key

from . import cards
from .cards import MomentCard, Person
from .queries import LAST_ID
from .visibility import VISIBLE, named

# In the order of the words' own rows, so that `can_view` is asked of the newest until there are
# enough: a word that everybody says would else have it asked of every moment. An array of the
# authors, so that PostgreSQL lays their rows and the words' over each other before it reads any.
MOMENTS = f"""
SELECT m.id FROM circle_momentwords w JOIN circle_moment m ON m.id = w.moment_id
 WHERE w.author_id = ANY (ARRAY(
     SELECT %(viewer)s::uuid UNION ALL
     SELECT f.friend_id FROM circle_friendship f WHERE f.owner_id = %(viewer)s))
   AND w.words @@ %(query)s::tsquery AND (w.published_at, w.moment_id) < (%(before)s, %(before_id)s)
   AND {named(VISIBLE, m="m")}
   AND {{only}}
 ORDER BY w.published_at DESC, w.moment_id DESC LIMIT %(limit)s"""

FRIENDS = """
SELECT a.id, a.handle, a.display_name, a.avatar_version, f.nickname, f.note
  FROM circle_friendship f JOIN people_member a ON a.id = f.friend_id AND a.is_active
 WHERE f.owner_id = %(viewer)s AND NOT EXISTS (
   SELECT 1 FROM circle_block b WHERE b.owner_id = %(viewer)s AND b.blocked_id = a.id)"""

# Only by the whole name, so that nobody leafs through the house letter by letter.
NAMESAKES = 60
NAMED = f"""
SELECT a.id, a.handle, a.display_name, a.avatar_version
  FROM people_findable n JOIN people_member a ON a.id = n.member_id AND a.is_active
 WHERE n.name = %(name)s AND n.by_name AND a.id <> %(viewer)s
   AND NOT EXISTS (SELECT 1 FROM circle_friendship f
                    WHERE f.owner_id = %(viewer)s AND f.friend_id = a.id)
   AND NOT EXISTS (SELECT 1 FROM circle_block b
                    WHERE (b.owner_id = %(viewer)s AND b.blocked_id = a.id)
                       OR (b.owner_id = a.id AND b.blocked_id = %(viewer)s))
 ORDER BY a.id LIMIT {NAMESAKES}"""


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found. `own_name` is their own where the viewer calls them otherwise."""

    person: Person
    friend: bool = False
    own_name: str = ""
    note: str = ""


def moments(
    viewer: UUID,
    query: Query,
    *,
    now: datetime,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 20,
    only: str = "TRUE",
) -> list[MomentCard]:
    """What the viewer may see of what says all this, newest first, after the place `before`.

    `only` is SQL about the moment `m` that holds too, such as a rule of a floor above.
    """
    at, id_ = before or (now + timedelta(days=1), LAST_ID)
    params = {
        "query": query.sql,
        "now": now,
        "before": at,
        "before_id": id_,
        "limit": limit,
    }
    return cards.read(MOMENTS.format(only=only), params, viewer=viewer)


def friends(viewer: UUID, query: Query) -> list[Found]:
    """The viewer's friends by their name or handle, or by the viewer's own name or note for them.

    Read here and not from an index: what a member calls a friend stays in that member's rows. Whom
    the viewer blocks is left out; a friend who blocks the viewer is not, for it would show.
    """
    with connection.cursor() as db:
        db.execute(FRIENDS, {"viewer": viewer})
        rows = db.fetchall()
    found = []
    for id_, handle, name, avatar, nickname, note in rows:
        if query.matches(name, handle, nickname, note):
            person = Person(id_, handle, nickname or name, avatar)
            found.append(Found(person, True, name if nickname else "", note))
    return sorted(found, key=lambda one: (key(one.person.name), one.person.id))


def namesakes(viewer: UUID, query: Query) -> list[Found]:
    """Members who are no friends and have exactly this name, if they let it find them.

    Where one of the two blocks the other it is as if they did not let it.
    """
    with connection.cursor() as db:
        db.execute(NAMED, {"viewer": viewer, "name": key(query.text)})
        return [Found(Person(*row)) for row in db.fetchall()]
