"""Cases on real rows: every way through, and what each does to the line and its money."""

import hashlib

import pytest

from goodword.care import actions, drawing, pages, queries
from goodword.care.actions.judging import blinded
from goodword.care.models import Case, Juror
from goodword.care.refusals import BadOffer, CaseMissing, Missing, NotPossible, NotYours, TooClose
from goodword.care.states import Reason, Vote
from goodword.circle.models import Friendship
from goodword.journal import queries as journal
from goodword.money import queries as money
from goodword.orders import actions as orders
from goodword.orders import pages as order_pages
from goodword.orders.foreseeing import coming
from goodword.orders.models import OrderLine, Timer
from goodword.orders.refusals import NotPossible as OrderNotPossible
from goodword.orders.refusals import OrderMissing
from goodword.orders.states import Role
from goodword.orders.tests.town import (
    DAY,
    HOUR,
    NOW,
    NUMBER,
    at,
    balanced,
    held_money,
    let_time_pass,
    offered,
    person,
    shipped,
    state,
    states,
    yuan,
)
from goodword.people.models import Member
from goodword.shop import queries as shop
from goodword.shop.tests.town import befriend

pytestmark = pytest.mark.django_db


def opened(wang, order, reason=Reason.DAMAGED, now=NOW, line=None, words="The rim is broken."):
    line = line or OrderLine.objects.filter(order=order).earliest("id")
    with at(now):
        return actions.open_case(
            buyer=wang, order=order.id, line=line.id, reason=reason, words=words, now=now
        )


def received(wang, lin, cup, **values):
    order = shipped(wang, lin, cup, **values)
    with at(NOW):
        orders.confirm(buyer=wang, order=order.id, now=NOW)
    return order


def now_state(case):
    case.refresh_from_db()
    return case.state


def earned(lin):
    found = money.seller_balance(lin.id)
    return found[0].available if found else yuan(0)


def test_the_way_that_needs_no_argument(lin, wang, cup):
    order = received(wang, lin, cup)
    assert shop.listing(None, cup.listing_id, now=NOW).sold == 1
    case = opened(wang, order)
    accept = {"seller": lin, "case": case.id, "address": "Lin, Lane 3", "now": NOW + DAY}
    actions.accept(**accept)
    with pytest.raises(NotPossible):
        actions.accept(**accept)
    actions.send_back(buyer=wang, case=case.id, carrier="sf", number=NUMBER, now=NOW + 2 * DAY)
    assert held_money(order) == 12000
    with at(NOW + 4 * DAY):
        actions.confirm_back(seller=lin, case=case.id, now=NOW + 4 * DAY)
    assert (now_state(case), state(order), held_money(order)) == ("refunded", "refunded", 0)
    assert (earned(lin), shop.listing(None, cup.listing_id, now=NOW).sold) == (yuan(0), 0)
    assert balanced()
    verbs = [deed.verb for deed in journal.story(order.id) if deed.verb.startswith("care.")]
    assert verbs == [
        "care.opened", "care.accepted", "care.sent_back", "care.came_back", "care.refunded",
    ]  # fmt: skip
    for viewer in (wang, lin):
        page = order_pages.order_page(viewer.id, order.id, now=NOW + 5 * DAY)
        told = [event.verb for event in page.events]
        assert set(verbs) <= set(told)
        assert "%" not in " ".join(event.sentence for event in page.events)


def test_silence_is_a_yes_and_a_seller_who_never_says_where_to_pays(lin, wang, cup):
    order = received(wang, lin, cup)
    case = opened(wang, order)
    let_time_pass(NOW + 5 * DAY)
    assert now_state(case) == "to_ship_back"
    let_time_pass(NOW + 12 * DAY)
    assert (now_state(case), state(order), held_money(order)) == ("refunded", "refunded", 0)


def test_what_is_not_sent_back_is_closed_and_the_clock_goes_on_where_it_stood(lin, wang, cup):
    order = received(wang, lin, cup)
    case = opened(wang, order, now=NOW + 2 * DAY)
    assert not Timer.objects.filter(order=order, done_at=None).exclude(kind="care").exists()
    with pytest.raises(OrderNotPossible, match="has to be settled"):
        orders.confirm(buyer=wang, order=shipped_again(wang, lin, cup), now=NOW + 2 * DAY)
    actions.accept(seller=lin, case=case.id, address="Lane 3", now=NOW + 3 * DAY)
    let_time_pass(NOW + 10 * DAY - HOUR)
    assert (now_state(case), state(order)) == ("to_ship_back", "received")
    let_time_pass(NOW + 10 * DAY)
    assert now_state(case) == "closed"
    let_time_pass(NOW + 15 * DAY - HOUR)  # it stood for 8 of its 7 days from receipt
    assert (state(order), held_money(order)) == ("received", 12000)
    let_time_pass(NOW + 15 * DAY)
    assert (state(order), held_money(order)) == ("released", 0)
    let_time_pass(NOW + 23 * DAY)
    assert state(order) == "completed"


def shipped_again(wang, lin, cup):
    other = shipped(wang, lin, cup)
    opened(wang, other, Reason.NOT_ARRIVED, now=NOW + 2 * DAY)
    return other.id


def test_a_case_stops_its_own_lines_clock_only(lin, wang, cup):
    pot = offered(lin, "Pot", price=360)
    order = shipped(wang, lin, cup, pot)
    first = OrderLine.objects.filter(order=order).earliest("id")
    case = opened(wang, order, Reason.NOT_ARRIVED, now=NOW + 9 * DAY, line=first)
    let_time_pass(NOW + 10 * DAY)
    assert states(order) == ["shipped", "received"]
    with at(NOW + 10 * DAY):
        actions.withdraw(buyer=wang, case=case.id, now=NOW + 10 * DAY)
    let_time_pass(NOW + 11 * DAY - HOUR)
    assert states(order) == ["shipped", "received"]
    let_time_pass(NOW + 11 * DAY)
    assert states(order) == ["received", "received"]


def test_refused_and_left_it_is_closed_and_pursued_it_can_be_split(lin, wang, cup):
    left = received(wang, lin, cup)
    case = opened(wang, left)
    with pytest.raises(Missing):
        actions.refuse(seller=lin, case=case.id, words=" ", now=NOW)
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=NOW)
    let_time_pass(NOW + 7 * DAY)
    assert now_state(case) == "closed"
    order = received(wang, lin, cup)
    case = opened(wang, order)
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=NOW)
    actions.escalate(buyer=wang, case=case.id, now=NOW)
    with pytest.raises(NotPossible):
        actions.agree(member=wang, case=case.id, minor=4500, now=NOW)
    with pytest.raises(BadOffer):
        actions.offer(member=wang, case=case.id, amount=yuan(121), now=NOW)
    actions.offer(member=lin, case=case.id, amount=yuan(45), now=NOW)
    with pytest.raises(NotPossible):
        actions.agree(member=lin, case=case.id, minor=4500, now=NOW)
    with pytest.raises(NotPossible, match="changed meanwhile"):
        actions.agree(member=wang, case=case.id, minor=6000, now=NOW)
    before = earned(lin)
    with at(NOW):
        actions.agree(member=wang, case=case.id, minor=4500, now=NOW)
    assert (now_state(case), state(order), held_money(order)) == ("settled", "released", 0)
    assert earned(lin) - before == yuan(75)
    part = next(iter(money.parts_of(order.id).values()))
    assert (part.refunded, part.released) == (yuan(45), yuan(75))
    assert balanced()


def test_whoever_says_nothing_loses(lin, wang, cup):
    for speaker, end in ((wang, "refunded"), (lin, "closed"), (None, "closed")):
        order = shipped(wang, lin, cup)
        case = opened(wang, order, Reason.NOT_ARRIVED)
        let_time_pass(NOW + 3 * DAY)
        assert now_state(case) == "evidence"
        if speaker:
            actions.file(member=speaker, case=case.id, words="So it was.", now=NOW + 3 * DAY)
            with pytest.raises(NotPossible, match="stays"):
                actions.file(member=speaker, case=case.id, words="Or so.", now=NOW + 3 * DAY)
        let_time_pass(NOW + 6 * DAY)
        assert now_state(case) == end
    assert balanced()


def test_what_was_decided_cannot_be_asked_for_again(lin, wang, cup):
    """Each case keeps the seller's money waiting: a buyer who lost must not open it anew."""
    order = shipped(wang, lin, cup)
    opened(wang, order, Reason.NOT_ARRIVED)
    let_time_pass(NOW + 3 * DAY)
    case = Case.objects.get()
    actions.file(member=lin, case=case.id, words="It was handed in.", now=NOW + 3 * DAY)
    let_time_pass(NOW + 6 * DAY)
    assert now_state(case) == "closed"
    with pytest.raises(NotPossible, match="stays so"):
        opened(wang, order, Reason.NOT_ARRIVED, now=NOW + 6 * DAY)
    for _time in range(2):
        again = opened(wang, order, Reason.DAMAGED, now=NOW + 6 * DAY)
        assert order_pages.order_page(wang.id, order.id, now=NOW + 6 * DAY).cases[-1].at
        actions.withdraw(buyer=wang, case=again.id, now=NOW + 6 * DAY)
    with pytest.raises(NotPossible, match="too often"):
        opened(wang, order, Reason.DAMAGED, now=NOW + 6 * DAY)
    notes = order_pages.order_page(wang.id, order.id, now=NOW + 6 * DAY).cases
    assert [one.label for one in notes] == ["Look at the case"] * 3


@pytest.fixture
def crowd():
    """Ten members who know nobody."""
    return [person(f"juror{number}") for number in range(10)]


def an_operator():
    operator = person("deskperson")
    Member.objects.filter(id=operator.id).update(is_operator=True)
    operator.refresh_from_db()
    return operator


def with_jury(wang, lin, cup, now=NOW):
    """A dispute whose two sides have both spoken."""
    order = shipped(wang, lin, cup)
    case = opened(wang, order, Reason.NOT_ARRIVED, now=now)
    let_time_pass(now + 3 * DAY)
    for side in (wang, lin):
        actions.file(member=side, case=case.id, words=f"I say {side.handle}.", now=now + 3 * DAY)
    case.refresh_from_db()
    return order, case


def test_jurors_know_neither_side_and_anybody_can_draw_them_again(lin, wang, cup, crowd):
    friend, partner, operator = crowd[0], person("partner"), an_operator()
    Friendship.objects.create(owner=lin, friend=friend, since=NOW)
    Friendship.objects.create(owner=friend, friend=lin, since=NOW)
    shipped(partner, lin, cup)
    late = person("latecomer")
    Member.objects.filter(id=late.id).update(joined_at=NOW + DAY)
    order, case = with_jury(wang, lin, cup)
    assert case.state == "panel"
    drawn = set(Juror.objects.filter(case=case).values_list("member", flat=True))
    assert len(drawn) == 7
    assert drawn <= {one.id for one in crowd[1:]}
    assert not drawn & {friend.id, partner.id, operator.id, late.id, lin.id, wang.id}
    page = pages.case_page(wang.id, case.id)
    said = sorted([f"I say {one.handle}." for one in (lin, wang)], reverse=True)
    assert page.panel.seed == drawing.seed(page.panel.secret, said)
    assert page.panel.commitment == drawing.commitment(page.panel.secret)
    again = drawing.drawn(page.panel.seed, page.panel.drawn_from, 7)
    assert again == page.panel.drawn
    assert {blinded(case, one) for one in drawn} == set(again)
    plain = {hashlib.sha256(f"{case.id}:{one}".encode()).hexdigest() for one in drawn}
    assert not plain & set(page.panel.drawn_from), "ids are no secret, so hashes of them are none"
    seen = pages.case_page(next(iter(drawn)), case.id)
    assert (seen.role, [one.words for one in seen.said]) == ("juror", ["I say …."] * 2)
    with pytest.raises(OrderMissing):
        order_pages.order_page(next(iter(drawn)), order.id, now=NOW)
    outsider = next(one for one in crowd if one.id not in drawn)
    with pytest.raises(CaseMissing):
        pages.case_page(outsider.id, case.id)
    with pytest.raises(CaseMissing):
        actions.vote(juror=outsider, case=case.id, vote=Vote.BUYER, now=NOW + 3 * DAY)


def vote(case, *votes, now=NOW + 3 * DAY, after=0):
    seats = list(Juror.objects.filter(case=case).select_related("member").order_by("id"))[after:]
    for seat, one in zip(seats, votes, strict=False):
        actions.vote(juror=seat.member, case=case.id, vote=one, now=now)


def test_the_middle_of_the_votes_decides_and_is_carried_out_after_the_appeal_time(
    lin, wang, cup, crowd
):
    order, case = with_jury(wang, lin, cup)
    vote(case, Vote.BUYER, Vote.HALF, Vote.SELLER, Vote.HALF)
    assert now_state(case) == "panel"
    with pytest.raises(NotPossible, match="stays"):
        vote(case, Vote.SELLER)
    vote(case, Vote.BUYER)  # the same once more changes nothing
    assert now_state(case) == "panel"
    vote(case, Vote.HALF, after=4)
    assert (now_state(case), case.decision_minor, case.decided_by) == ("decided", 6000, "panel")
    assert (state(order), held_money(order)) == ("shipped", 12000)
    let_time_pass(NOW + 10 * DAY)
    assert (now_state(case), state(order), held_money(order)) == ("settled", "released", 0)
    assert earned(lin) == yuan(60)
    assert balanced()


def test_one_appeal_and_the_operators_word_is_the_last(lin, wang, cup, crowd):
    operator = an_operator()
    order, case = with_jury(wang, lin, cup)
    vote(case, *[Vote.SELLER] * 4)
    assert now_state(case) == "decided"
    at_four = NOW + 4 * DAY
    juror = Juror.objects.filter(case=case).first().member_id
    assert pages.case_page(juror, case.id).decision == yuan(0)
    actions.appeal(member=wang, case=case.id, new="Here is the slip.", now=at_four)
    assert now_state(case) == "operator"
    with pytest.raises(CaseMissing):
        pages.case_page(juror, case.id)
    decide = {"case": case.id, "amount": yuan(120), "words": "The slip says it.", "now": at_four}
    with pytest.raises(CaseMissing):
        actions.decide(operator=crowd[0], **decide)
    with at(at_four):
        actions.decide(operator=operator, **decide)
    assert (now_state(case), state(order), held_money(order)) == ("refunded", "refunded", 0)
    with pytest.raises(NotPossible):
        actions.appeal(member=lin, case=case.id, new="But.", now=at_four)


def test_a_friend_of_one_side_decides_only_where_the_house_has_nobody_else(lin, wang, cup):
    """A friend hands over; as the only operator she decides, and both read that she is one."""
    friend = an_operator()
    befriend(friend, lin)
    order, case = with_jury(wang, lin, cup)
    decide = {"case": case.id, "amount": yuan(0), "words": "I know her.", "now": NOW + 4 * DAY}
    other = person("other")
    Member.objects.filter(id=other.id).update(is_operator=True)
    with pytest.raises(TooClose):
        actions.decide(operator=friend, **decide)
    page = pages.case_page(friend.id, case.id)
    assert page.too_close
    assert not page.may
    assert queries.deciders(case) == [other.id]
    Member.objects.filter(id=other.id).update(is_operator=False)
    actions.decide(operator=friend, **decide)
    assert [deed.verb for deed in journal.story(order.id)][-1] == "care.decided_by_friend"


def test_without_a_quorum_the_operator_decides_and_without_an_operator_the_buyer_is_refunded(
    lin, wang, cup, crowd
):
    order, case = with_jury(wang, lin, cup)
    vote(case, Vote.SELLER, Vote.SELLER, Vote.SELLER)
    let_time_pass(NOW + 5 * DAY)
    assert now_state(case) == "operator"
    assert [one.id for one in queries.to_decide()] == [case.id]
    let_time_pass(NOW + 12 * DAY)
    assert (now_state(case), state(order)) == ("refunded", "refunded")


def test_with_too_few_who_know_neither_side_there_is_no_jury(lin, wang, cup):
    _order, case = with_jury(wang, lin, cup)
    assert (case.state, Juror.objects.count()) == ("operator", 0)


def test_after_the_release_the_seller_gives_it_back(lin, wang, cup):
    order = received(wang, lin, cup)
    let_time_pass(NOW + 7 * DAY)
    assert (state(order), earned(lin)) == ("released", yuan(120))
    case = opened(wang, order, now=NOW + 8 * DAY)
    let_time_pass(NOW + 13 * DAY)
    let_time_pass(NOW + 20 * DAY)
    assert (now_state(case), state(order), earned(lin)) == ("refunded", "refunded", yuan(0))
    assert balanced()


def test_only_the_two_sides_know_of_it_and_each_does_only_what_is_theirs(lin, wang, stranger, cup):
    order = received(wang, lin, cup)
    with pytest.raises(OrderMissing):
        opened(stranger, order)
    with pytest.raises(OrderMissing):
        opened(lin, order)
    with pytest.raises(Missing):
        opened(wang, order, words="")
    case = opened(wang, order)
    with pytest.raises(NotPossible, match="open already"):
        opened(wang, order)
    with pytest.raises(CaseMissing):
        pages.case_page(stranger.id, case.id)
    with pytest.raises(NotYours):
        actions.accept(seller=wang, case=case.id, address="mine", now=NOW)
    with pytest.raises(NotYours):
        actions.withdraw(buyer=lin, case=case.id, now=NOW)
    assert Case.objects.count() == 1


def test_what_is_foreseen_is_what_happens(lin, wang, cup):
    """The simulator against the clocks themselves: the same things at the same times."""
    pot = offered(lin, "Pot", price=360)
    order = shipped(wang, lin, cup, pot)
    first = OrderLine.objects.filter(order=order).earliest("id")
    opened(wang, order, now=NOW + DAY, line=first)
    lines = list(OrderLine.objects.filter(order=order).order_by("id"))
    foreseen = coming(order, lines, Role.BUYER, NOW + DAY)
    known = {event.at for event in journal.story(order.id)}
    for step in foreseen:
        let_time_pass(step.at)
    happened = {deed.at for deed in journal.story(order.id)} - known
    assert happened == {step.at for step in foreseen}
    assert states(order) == ["refunded", "completed"]
    assert not Timer.objects.filter(order=order, done_at=None).exists()
