"""Short ways to write a moment down, so that the life files read like a feed."""

from dataclasses import dataclass
from datetime import time, timedelta

from goodword.ops.demo.town.shapes import (
    Audience,
    Comment,
    Life,
    Picture,
    Showing,
    Text,
    Tune,
    When,
)

EVERYONE = Audience()
ONLY_ME = Audience(kind="only_me")


@dataclass(frozen=True, slots=True)
class Told:
    """A moment as written: `likes` is still how many friends like it, not which."""

    moment: Life | Showing
    likes: int


def on(days: int, clock: str) -> When:
    """`days` ago at "21:40" in town."""
    hours, minutes = clock.split(":")
    return When(days=days, at=time(int(hours), int(minutes)))


def ago(**span: float) -> When:
    return When(ago=timedelta(**span))


def says(by: str, minutes: int, zh: str, en: str, to: int | None = None) -> Comment:
    """A comment, so many minutes after the moment; `to` answers an earlier one."""
    return Comment(by=by, text=Text(zh, en), after=timedelta(minutes=minutes), reply_to=to)


def life(
    author: str,
    when: When,
    zh: str,
    en: str,
    *pictures: Picture,
    likes: int = 0,
    talk: tuple[Comment, ...] = (),
    to: Audience = EVERYONE,
    listing: str | None = None,
    voice: Tune | None = None,
) -> Told:
    return Told(
        Life(
            author=author,
            when=when,
            text=Text(zh, en),
            pictures=pictures,
            audience=to,
            comments=talk,
            from_listing=listing,
            voice=voice,
        ),
        likes,
    )


def shows(
    author: str,
    listing: str,
    when: When,
    zh: str,
    en: str,
    *,
    likes: int = 0,
    talk: tuple[Comment, ...] = (),
    to: Audience = EVERYONE,
) -> Told:
    return Told(
        Showing(
            author=author,
            listing=listing,
            when=when,
            text=Text(zh, en),
            audience=to,
            comments=talk,
        ),
        likes,
    )


def chosen(*groups: str, people: tuple[str, ...] = ()) -> Audience:
    return Audience(kind="chosen", groups=groups, people=people)


def not_for(*groups: str, people: tuple[str, ...] = ()) -> Audience:
    return Audience(kind="except", groups=groups, people=people)
