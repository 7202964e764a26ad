"""Reads of cases; the viewer comes first. A case exists for its two sides, its jurors while they
sit, and the operators.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goodword.circle.models import Friendship
from goodword.kit.rows import find
from goodword.money import queries as money
from goodword.orders import queries as orders
from goodword.orders.models import Order
from goodword.orders.refusals import OrderMissing
from goodword.orders.states import Delivery
from goodword.people.models import Member

from . import drawing
from .models import Case, CasePicture, Juror, Statement
from .refusals import CaseMissing
from .rules import Heard, Past
from .states import CaseState, LeftOut, Party, Stays, Vote

PAGE = 50
# What comes after the panel's own decision, as an appeal or what came back, is not for its jurors.
SITTING = frozenset({CaseState.PANEL, CaseState.DECIDED})


def case(viewer: UUID, id_: UUID) -> tuple[Case, Party]:
    """A case, and as what the viewer sees it. Raises CaseMissing."""
    row = Case.objects.select_related("order", "line").filter(id=id_).first()
    role = None if row is None else role_in(row, viewer)
    if row is None or role is None:
        raise CaseMissing
    return row, role


def role_in(row: Case, viewer: UUID) -> Party | None:
    if viewer == row.buyer_id:
        return Party.BUYER
    if viewer == row.seller_id:
        return Party.SELLER
    sits = row.state in SITTING and not row.again_at
    if sits and row.jurors.filter(member=viewer).exists():
        return Party.JUROR
    if Member.objects.filter(id=viewer, is_operator=True, is_active=True).exists():
        return Party.OPERATOR
    return None


def seat(viewer: UUID, row: Case) -> Juror | None:
    return row.jurors.filter(member=viewer).first()


def cases_of(viewer: UUID, *, before: UUID | None = None, limit: int | None = PAGE) -> list[Case]:
    """The viewer's own cases, on either side, the newest first, older than the case `before`."""
    rows = Case.objects.filter(Q(buyer=viewer) | Q(seller=viewer)).select_related("line")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def duties(viewer: UUID) -> list[Case]:
    """The panels in which the viewer still has to vote."""
    rows = Case.objects.filter(
        state=CaseState.PANEL, jurors__member=viewer, jurors__vote=""
    ).select_related("line")
    return list(rows.order_by("due_at", "id"))


# In which states a side is asked to act, and not only may.
TURNS = {
    Party.BUYER: (CaseState.TALKING, CaseState.EVIDENCE),
    Party.SELLER: (CaseState.ASKED, CaseState.COMING_BACK, CaseState.TALKING, CaseState.EVIDENCE),
}
# Before it is sent back, the seller says where to.
SENDING = {
    Party.BUYER: Q(state=CaseState.TO_SHIP_BACK) & ~Q(return_address=""),
    Party.SELLER: Q(state=CaseState.TO_SHIP_BACK, return_address=""),
}


def to_act(viewer: UUID) -> int:
    """How many cases ask the viewer to act, on either side or as a juror, in one statement."""

    def turn(side: Party) -> Q:
        filed = Statement.objects.filter(case=OuterRef("pk"), by=side, is_appeal=False)
        first, again = (Exists(filed.filter(of_return=value)) for value in (False, True))
        now = Q(again_at=None) & Q(first) | Q(again_at__isnull=False) & Q(again)
        said = Q(state=CaseState.EVIDENCE) & now
        return Q(**{side: viewer}) & (Q(state__in=TURNS[side]) & ~said | SENDING[side])

    seat = Juror.objects.filter(case=OuterRef("pk"), member=viewer, vote="")
    panel = Q(state=CaseState.PANEL) & Q(Exists(seat))
    return Case.objects.filter(turn(Party.BUYER) | turn(Party.SELLER) | panel).count()


def to_decide() -> list[Case]:
    """What waits for the operator, the soonest first."""
    rows = with_operator(CaseState.OPERATOR, CaseState.SHORT).select_related("line")
    return list(rows.order_by("due_at", "id")[:PAGE])


def names(row: Case) -> list[str]:
    """What the two sides and the shop are called, to be kept from jurors."""
    sides = Member.objects.filter(id__in=[row.buyer_id, row.seller_id])
    called = [name for pair in sides.values_list("display_name", "handle") for name in pair]
    return [*called, row.line.snapshot["shop"]["name"]]


def with_operator(*states: CaseState) -> QuerySet[Case]:
    return Case.objects.filter(state__in=states)


def statements(row: Case) -> list[Statement]:
    return list(row.statements.order_by("at", "id"))


def texts(row: Case) -> list[str]:
    """All that was said in it so far, by whomever."""
    return [row.words, row.no, row.objection, *(one.words for one in statements(row))]


def pictures(row: Case) -> list[CasePicture]:
    return list(row.pictures.select_related("statement").order_by("position"))


def picture(viewer: UUID, id_: UUID) -> CasePicture:
    """A picture of a case that the viewer may see. Raises CaseMissing."""
    row = CasePicture.objects.select_related("case", "statement").filter(id=id_).first()
    role = None if row is None else role_in(row.case, viewer)
    if row is None or role is None or not may_see(row, row.case, role):
        raise CaseMissing
    return row


def may_see(picture: CasePicture, row: Case, role: Party) -> bool:
    of_return = picture.statement is not None and picture.statement.of_return
    return picture.by == role or not is_sealed(row, role, of_return=of_return)


def is_sealed(row: Case, role: Party, *, of_return: bool) -> bool:
    """Neither side reads the other's evidence before its own has to be said: of what came back by
    a decision only what is said of that."""
    waits = row.state == CaseState.EVIDENCE and role in (Party.BUYER, Party.SELLER)
    return waits and (row.again_at is None or of_return)


def is_open_against(seller: UUID, currency: str) -> bool:
    """Whether a case about something that she sold in that currency has not ended."""
    return Case.objects.filter(seller=seller, currency=currency, ended_at=None).exists()


def cases_about(order: Order) -> list[Case]:
    """Every case about a line of the order, the oldest first. The caller checked who reads."""
    heard = Statement.objects.filter(case=OuterRef("pk"))
    rows = Case.objects.filter(order=order).annotate(was_heard=Exists(heard))
    return list(rows.order_by("id"))


def order_of(viewer: UUID, id_: UUID) -> tuple[Order, Party]:
    """An order for its two sides, and for an operator once there is a case about it; and as what
    the viewer sees it. Raises OrderMissing.
    """
    try:
        found = orders.order(viewer, id_)
    except OrderMissing:
        there = list(Case.objects.filter(order=id_).select_related("order"))
        if {role_in(one, viewer) for one in there} != {Party.OPERATOR}:  # nor a juror of one
            raise
        return there[0].order, Party.OPERATOR
    return found, Party.BUYER if viewer == found.buyer_id else Party.SELLER


def past(cases: Iterable[Case], line: UUID) -> list[Past]:
    """Those of `cases_about` an order that ended, and are about this line."""
    return [
        Past(one.reason, is_settled(one)) for one in cases if one.line_id == line and one.ended_at
    ]


def is_settled(row: Case) -> bool:
    """Whether it was agreed on or decided, and not only withdrawn or let be."""
    agreed = row.state != CaseState.CLOSED or row.offer_minor == 0
    return agreed or row.decision_minor is not None or row.was_heard  # type: ignore[attr-defined]


def open_case(line: UUID) -> Case | None:
    """The open case of a line, with that line. The caller checked who reads."""
    return Case.objects.filter(line=line, ended_at=None).select_related("line").first()


def is_digital(case: UUID) -> bool:
    """Whether it is about digital goods; tells nothing of whose case it is."""
    return Case.objects.filter(id=case, line__delivery=Delivery.DIGITAL).exists()


def heard(row: Case) -> Heard:
    """What the rules need to know of what was said."""
    jurors = find(Juror, case_id=row.id)
    return Heard(
        filed=filed(row),
        votes=tuple(Vote(one.vote) for one in jurors if one.vote),
        seats=len(jurors),
        kept_for=tuple(Stays(one.stays) for one in jurors if one.stays),
    )


def filed(row: Case) -> frozenset[Party]:
    """Who has said what happened; once a return is disputed, what came back."""
    of_return = row.again_at is not None
    said = find(Statement, case_id=row.id, is_appeal=False, of_return=of_return)
    return frozenset(Party(one.by) for one in said)


def members() -> int:
    return Member.objects.filter(is_active=True).count()


def could_judge(row: Case) -> tuple[list[UUID], dict[LeftOut, list[UUID]]]:
    """Who knows neither side: no friend of one, nobody who ever traded with one, no operator; and
    of all the others why not.

    Members who joined after the case was opened are left out, so that nobody is made for it.
    """
    sides = [row.buyer_id, row.seller_id]
    friends = Friendship.objects.filter(owner__in=sides).values_list("friend", flat=True)
    sold = Order.objects.filter(buyer__in=sides).values_list("seller", flat=True)
    bought = Order.objects.filter(seller__in=sides).values_list("buyer", flat=True)
    known = {*friends, *sold, *bought}
    could, others = list[UUID](), defaultdict[LeftOut, list[UUID]](list)
    here = Member.objects.filter(is_active=True)
    for id_, is_operator, leaving, joined in here.values_list(
        "id", "is_operator", "leaving_at", "joined_at"
    ):
        why = drawing.left_out(
            is_side=id_ in sides, is_operator=is_operator, knows_one=id_ in known,
            is_passing=leaving is not None or joined >= row.opened_at,
        )  # fmt: skip
        (could if why is None else others[why]).append(id_)
    return could, others


def operators() -> list[UUID]:
    return money.operators()


def deciders(row: Case) -> list[UUID]:
    """The operators who can decide it: no side, and no friend of one while there is another."""
    sides = (row.buyer_id, row.seller_id)
    free = [one for one in operators() if one not in sides]
    friends = set(
        Friendship.objects.filter(owner__in=sides, friend__in=free).values_list("friend", flat=True)
    )
    return [one for one in free if one not in friends] or free


def is_friend(row: Case, operator: UUID) -> bool:
    """Whether the operator is a friend of one of the sides."""
    sides = (row.buyer_id, row.seller_id)
    return Friendship.objects.filter(owner__in=sides, friend=operator).exists()
