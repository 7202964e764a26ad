"""Pure decisions of the pace. Worked example: docs/algorithms/pace.md, which a test repeats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from ..rules import Place

DAY = timedelta(days=1)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pace:
    """The house's rules and the reader's own share: of `every` cards in a row, one market card.

    `every` 0 shows none. One seller's cards are `gap` apart, at most `per_day` in 24 hours.
    """

    every: int
    gap: timedelta
    per_day: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A market card with what folded into it, newest first; it stands right after `after`.

    `empty`: its reader waved it away or turned its seller down, and nothing stands in its place.
    """

    lead: UUID
    seller: UUID
    after: Place
    rest: tuple[UUID, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A market moment that had no turn with this reader yet, and how it stands with its seller.

    One that was laid on a page and not seen still waits: it keeps `laid` with what folded into it.
    """

    published_at: datetime
    moment: UUID
    seller: UUID
    fit: float = 0.0  # how well it fits the reader; higher is better
    last_seen: datetime | None = None  # when the reader last saw a card of this seller, of late
    seen_today: int = 0  # how many of this seller's they saw, in the last 24 hours
    listing: UUID | None = None
    place: int | None = None  # where its seller wants it among her own; None: she did not say
    laid: Turn | None = None

    @property
    def rank(self) -> tuple[float, datetime, UUID]:
        return (self.fit, self.published_at, self.moment)


@dataclass(frozen=True, slots=True)
class Fold:
    """What one seller has waiting: one leads, the rest folds behind it, newest first.

    `laid` is where it was laid last, if it was and nobody saw it.
    """

    lead: UUID
    seller: UUID
    rest: tuple[UUID, ...] = ()
    laid: Place | None = None

    def at(self, after: Place) -> Turn:
        return Turn(self.lead, self.seller, after, self.rest)


def folds(waiting: Iterable[Waiting], *, pace: Pace, now: datetime) -> list[Fold]:
    """One fold for each seller whose turn has come again: first what was laid and not seen, in the
    order in which it lay; then the others, by the best fit in each.

    What was laid and not seen stays as it is, so that no two cards of a seller lie about unseen.
    """
    found: dict[UUID, list[Waiting]] = {}
    for one in sorted(waiting, key=lambda one: one.rank, reverse=True):
        if may_show(one, pace=pace, now=now):
            found.setdefault(one.seller, []).append(one)
    made = [fold(hers) for hers in found.values()]
    again = [(one.laid, one.lead, one) for one in made if one.laid]
    return [one for *_key, one in sorted(again, reverse=True)] + [o for o in made if not o.laid]


def in_turn(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Newest first, but before them whose seller was met longest ago or not of late.

    What fits equally well is ranked in this order, so that who offers most does not always lead.
    """
    newest = sorted(waiting, key=lambda one: one.rank, reverse=True)
    return sorted(newest, key=lambda one: one.last_seen or LONG_AGO)


def fold(hers: Sequence[Waiting]) -> Fold:
    """What one seller has waiting, best fit first, as the fold of her next turn.

    What she put first leads, else the best fit: her order says which of hers is met first, and
    neither when nor before whom. What led is no longer among them, so the next turn has another.
    """
    laid = next((one.laid for one in hers if one.laid), None)
    if laid:
        return Fold(laid.lead, laid.seller, laid.rest, laid.after)
    placed = [one for one in hers if one.place is not None]
    lead = min(placed, key=lambda one: one.place or 0, default=hers[0])
    newest = sorted(hers, key=lambda one: (one.published_at, one.moment), reverse=True)
    return Fold(lead.moment, lead.seller, tuple(o.moment for o in newest if o is not lead))


def may_show(one: Waiting, *, pace: Pace, now: datetime) -> bool:
    """Whether another card of this seller may be shown to the reader now."""
    rested = one.last_seen is None or now - one.last_seen >= pace.gap
    return rested and one.seen_today < pace.per_day


@dataclass(slots=True)
class Layout:
    """A page: life places and turns in reading order. Nobody saw the `unseen` turns yet; `fresh`
    are those of them that did not lie there before.

    `more` says that the page ended before the cards did; `since` life cards followed the last turn.
    """

    cards: list[Place | Turn]
    unseen: list[Turn]
    fresh: list[Turn]
    since: int
    more: bool


@dataclass(slots=True)
class Desk:
    """Where `lay_out` works: what was laid and what is at hand."""

    pace: Pace
    since: int
    seen: list[Turn]  # seen before, newest place first
    waiting: list[Fold]
    cards: list[Place | Turn] = field(default_factory=list)
    unseen: list[Turn] = field(default_factory=list)
    fresh: list[Turn] = field(default_factory=list)

    def is_time(self) -> bool:
        return self.pace.every > 0 and self.since >= self.pace.every - 1

    def put(self, turn: Turn) -> None:
        if not turn.empty:
            self.cards.append(turn)
        self.since = 0


def lay_out(
    life: Sequence[Place], seen: Sequence[Turn], waiting: Sequence[Fold], *,
    pace: Pace, above: Place, since: int, ends: bool, limit: int,
) -> Layout:  # fmt: skip
    """Set market cards among the life cards that follow `above`: of `every` in a row at most one.

    `life` and `seen` are newest first; a turn that was seen keeps its place, and is left out
    where life cards between it and the last market card have gone. One that waits takes the next
    free place, unless a turn below would come too close. Life keeps its order, all of it.
    `ends`: no life follows. The last page of life may carry one new card behind it, never two.
    """
    desk = Desk(pace, since, list(seen), list(waiting))
    before = above
    for number, card in enumerate(life):
        if len(desk.cards) >= limit:
            break
        stand(desk, before, card, rest=life[number:])
        if len(desk.cards) >= limit:
            break
        desk.cards.append(card)
        desk.since += 1
        before = card
    else:
        if ends and len(desk.cards) < limit:
            stand(desk, before, None, rest=())
    lived = sum(isinstance(card, Place) for card in desk.cards)
    behind = desk.is_time() and bool(desk.seen or desk.waiting)
    full = len(desk.cards) >= limit
    return Layout(
        desk.cards, desk.unseen, desk.fresh, desk.since,
        more=lived < len(life) or not ends or (full and behind),
    )  # fmt: skip


def stand(desk: Desk, before: Place, card: Place | None, *, rest: Sequence[Place]) -> None:
    """Put a turn between two life cards if one stands there or one may; `card` None: at the end."""
    put = False
    while desk.seen and (card is None or desk.seen[0].after > card):
        turn = desk.seen.pop(0)
        if desk.is_time():
            desk.put(turn)
            put = True
    if put or not desk.waiting or not desk.is_time() or comes_close(desk, rest):
        return
    fold = desk.waiting.pop(0)
    turn = fold.at(before)
    desk.unseen.append(turn)
    if fold.laid != before:
        desk.fresh.append(turn)
    desk.put(turn)


def comes_close(desk: Desk, rest: Sequence[Place]) -> bool:
    """Whether too few life cards lie before the next turn that this reader saw."""
    if not desk.seen:
        return False
    after = desk.seen[0].after
    # Where it stands beyond the life known here, nobody knows how many cards lie between.
    return sum(card >= after for card in rest) < desk.pace.every - 1
