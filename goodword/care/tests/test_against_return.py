"""All of the price goes back against the goods: the way of a dispute that the buyer wins."""

import pytest
from django.test import Client

from goodword.care import actions, pages, queries
from goodword.care.evidence.writing import write
from goodword.care.models import Juror, Statement
from goodword.care.refusals import CaseMissing, NotPossible
from goodword.care.states import Reason, Stays, Vote
from goodword.journal import queries as journal
from goodword.kit import clock
from goodword.money import queries as money
from goodword.notices.models import Notice
from goodword.orders.foreseeing import coming
from goodword.orders.models import OrderLine
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
    state,
    yuan,
)

from .forging import parts, text_of
from .test_cases import an_operator, crowd, earned, now_state, opened, received, with_jury

__all__ = ["crowd"]
pytestmark = pytest.mark.django_db
THREE, SIX = NOW + 3 * DAY, NOW + 6 * DAY


def disputed(wang, lin, cup, *speakers, reason=Reason.DAMAGED, release=False):
    """The seller refused, the two did not agree, and so many of them have said what happened."""
    order = received(wang, lin, cup)
    if release:
        let_time_pass(NOW + 7 * DAY)
    began = NOW + 7 * DAY if release else NOW
    case = opened(wang, order, reason, now=began)
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=began)
    actions.escalate(buyer=wang, case=case.id, now=began)
    let_time_pass(began + 3 * DAY)
    for side in speakers:
        actions.file(member=side, case=case.id, words=f"I am {side.handle}.", now=began + 3 * DAY)
    case.refresh_from_db()
    return order, case


def browser(member):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def posted(member, case, what, said):
    with clock.at(THREE):
        return browser(member).post(f"/cases/{case.id}/{what}", said)


def verbs(order):
    return [
        deed.verb.removeprefix("care.")
        for deed in journal.story(order.id)
        if deed.verb.startswith("care.")
    ]


def told(member):
    return set(Notice.objects.filter(owner=member.id).values_list("kind", flat=True))


def sent(wang, lin, case, now):
    actions.say_where(seller=lin, case=case.id, address="Lin, Lane 3", now=now)
    actions.send_back(buyer=wang, case=case.id, carrier="sf", number=NUMBER, now=now)


def test_a_seller_who_is_silent_still_gets_the_goods_before_the_money_goes(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang)
    lines = list(OrderLine.objects.filter(order=order))
    foreseen = coming(order, lines, Role.BUYER, THREE)
    assert "once she has the goods again" in str(foreseen[0].sentence)
    let_time_pass(SIX)
    assert (now_state(case), case.decided_by, case.decision_minor) == (
        "to_ship_back",
        "silence",
        12000,
    )
    assert (state(order), held_money(order), earned(lin)) == ("received", 12000, yuan(0))
    assert (queries.to_act(wang.id), queries.to_act(lin.id)) == (0, 1), "she says where"
    for side in (wang, lin):
        assert "care.against_return" in told(side)
    sent(wang, lin, case, SIX)
    assert held_money(order) == 12000
    let_time_pass(SIX + 10 * DAY)  # it counts as arrived
    assert (now_state(case), state(order), held_money(order)) == ("refunded", "refunded", 0)
    assert verbs(order)[-4:] == ["against_return", "said_where", "sent_back", "refunded"]
    assert balanced()


def test_what_is_foreseen_of_it_is_what_happens(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang)
    foreseen = coming(order, list(OrderLine.objects.filter(order=order)), Role.SELLER, THREE)
    known = {event.at for event in journal.story(order.id)}
    for step in foreseen:
        let_time_pass(step.at)
    assert {deed.at for deed in journal.story(order.id)} - known == {step.at for step in foreseen}
    assert (now_state(case), case.ended_at) == ("refunded", SIX + 7 * DAY), "she never said where"


def test_what_is_not_sent_back_after_a_decision_stays_sold(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang, lin)
    assert case.state == "operator"
    decide = {"operator": an_operator(), "case": case.id, "words": "The picture shows it."}
    actions.decide(**decide, amount=yuan(120), now=THREE)
    page = pages.case_page(wang.id, case.id)
    assert (now_state(case), page.waits_for_goods) == ("decided", True)
    let_time_pass(THREE + 7 * DAY)
    assert now_state(case) == "to_ship_back"
    actions.say_where(seller=lin, case=case.id, address="Lin, Lane 3", now=THREE + 8 * DAY)
    let_time_pass(THREE + 15 * DAY)
    assert (now_state(case), state(order), held_money(order)) == ("closed", "received", 12000)
    let_time_pass(THREE + 19 * DAY + HOUR)  # its clock stood for 18 of 7 days
    assert (state(order), held_money(order), earned(lin)) == ("received", 12000, yuan(0))
    let_time_pass(NOW + 25 * DAY)
    assert (state(order), held_money(order), earned(lin)) == ("released", 0, yuan(120))
    with pytest.raises(NotPossible, match="stays so"):
        opened(wang, order, now=NOW + 25 * DAY)


def test_an_operator_who_lets_the_buyer_keep_them_says_why_and_all_read_it(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang, lin)
    said = {"amount": "120", "stays": "worthless", "words": "Shards."}
    assert posted(an_operator(), case, "decision", said).status_code == 302
    assert now_state(case) == "decided"
    let_time_pass(THREE + 7 * DAY)
    assert (now_state(case), state(order), held_money(order)) == ("refunded", "refunded", 0)
    (kept,) = [deed for deed in journal.story(order.id) if deed.verb == "care.kept"]
    assert kept.facts["why"] == "worthless"
    why = "nothing of it can be used any more"
    for side in (wang, lin):
        assert "care.kept" in told(side)
        seen = browser(side).get(f"/cases/{case.id}").text
        assert f"The buyer keeps the goods: {why}." in seen
    file = text_of(parts(write(lin.id, order.id, now=THREE + 8 * DAY)[1]))
    assert file.count(f"The buyer keeps the goods: {why}.") == 3  # told twice, decided once


def test_a_reason_to_keep_them_means_nothing_where_only_a_part_goes_back(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang, lin)
    decide = {"operator": an_operator(), "case": case.id, "words": "A scratch."}
    actions.decide(**decide, amount=yuan(40), stays=Stays.COSTLY, now=THREE)
    assert (now_state(case), case.stays) == ("decided", "")
    let_time_pass(THREE + 7 * DAY)
    assert (now_state(case), state(order), earned(lin)) == ("settled", "released", yuan(80))
    assert "kept" not in verbs(order)


def test_the_operator_who_says_nothing_gives_nothing_away_either(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang, lin)
    let_time_pass(THREE + 7 * DAY)
    assert (now_state(case), held_money(order)) == ("to_ship_back", 12000)
    sent(wang, lin, case, THREE + 7 * DAY)
    with at(THREE + 8 * DAY):
        actions.confirm_back(seller=lin, case=case.id, now=THREE + 8 * DAY)
    assert (now_state(case), state(order)) == ("refunded", "refunded")


def seats_of(case):
    return list(Juror.objects.filter(case=case).select_related("member").order_by("id"))


def test_jurors_may_let_the_buyer_keep_them_if_most_say_so_with_a_reason(lin, wang, cup, crowd):
    for kept, end in ((2, "to_ship_back"), (4, "refunded")):
        order, case = disputed(wang, lin, cup, wang, lin)
        assert case.state == "panel"
        seats = seats_of(case)
        refused = posted(seats[0].member, case, "vote", {"vote": "keep", "stays": ""})
        assert (refused.status_code, "Fill this in." in refused.text) == (422, True)
        for number, seat in enumerate(seats):
            keeps = {"vote": Vote.KEEP, "stays": Stays.SPOILS}
            choice = keeps if number < kept else {"vote": Vote.BUYER, "stays": Stays.SPOILS}
            if now_state(case) == "panel":
                actions.vote(juror=seat.member, case=case.id, **choice, now=THREE)
        assert now_state(case) == "decided"
        assert case.stays == ("spoils" if kept == 4 else "")
        let_time_pass(THREE + 7 * DAY)
        assert now_state(case) == end
        assert ("kept" in verbs(order)) == (kept == 4)


def test_where_nothing_can_go_back_jurors_are_not_asked(lin, wang, cup, crowd):
    _order, case = with_jury(wang, lin, cup)  # it never came
    juror = seats_of(case)[0].member
    keep = {"juror": juror, "case": case.id, "vote": Vote.KEEP, "stays": Stays.GONE}
    with pytest.raises(NotPossible, match="Nothing could be sent back"):
        actions.vote(**keep, now=THREE)
    with clock.at(THREE):
        seen = browser(juror).get(f"/cases/{case.id}").text
    assert ('value="half"' in seen, 'name="stays"' in seen, 'value="keep"' in seen) == (
        True, False, False,
    )  # fmt: skip


def test_what_came_back_is_another_thing_and_both_are_heard_once_more(lin, wang, cup, crowd):
    operator = an_operator()
    order, case = disputed(wang, lin, cup, wang, lin)
    for seat in seats_of(case)[:4]:
        actions.vote(juror=seat.member, case=case.id, vote=Vote.BUYER, now=THREE)
    ten = THREE + 7 * DAY
    let_time_pass(ten)
    sent(wang, lin, case, ten)
    actions.contest(seller=lin, case=case.id, words="A stone in the box.", now=ten + DAY)
    assert (now_state(case), case.again_at) == ("talking", ten + DAY)
    let_time_pass(ten + 4 * DAY)
    assert now_state(case) == "evidence"
    assert (queries.to_act(wang.id), queries.to_act(lin.id)) == (1, 1), "both speak anew"
    four = ten + 4 * DAY
    actions.file(member=lin, case=case.id, words="A stone.", now=four)
    seen = [one.words for one in pages.case_page(wang.id, case.id).said]
    assert seen == ["I am wang.", "I am lin."], "not what she says now"
    actions.file(member=wang, case=case.id, words="The cup.", now=four)
    assert (now_state(case), Juror.objects.filter(case=case).count()) == ("operator", 7)
    assert "care.to_decide" in told(operator)
    actions.decide(
        operator=operator, case=case.id, amount=yuan(0), words="The scale says so.", now=four
    )
    assert now_state(case) == "decided"
    with pytest.raises(CaseMissing):  # what came back is none of the jurors' business
        pages.case_page(seats_of(case)[0].member_id, case.id)
    let_time_pass(four + 7 * DAY)
    assert (now_state(case), state(order), held_money(order)) == ("closed", "received", 12000)
    assert Statement.objects.filter(case=case, of_return=True).count() == 2
    page = pages.case_page(lin.id, case.id)
    assert (page.objection, page.no) == ("A stone in the box.", "It was whole.")


def test_a_seller_who_says_nothing_of_what_came_back_gives_what_was_decided(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang)
    let_time_pass(SIX)
    sent(wang, lin, case, SIX)
    actions.contest(seller=lin, case=case.id, words="Another one.", now=SIX)
    let_time_pass(SIX + 3 * DAY)
    actions.file(member=wang, case=case.id, words="The same.", now=SIX + 3 * DAY)
    let_time_pass(SIX + 6 * DAY)
    assert (now_state(case), state(order), held_money(order)) == ("refunded", "refunded", 0)


def test_after_the_release_her_balance_waits_for_the_goods_too(lin, wang, cup):
    order, case = disputed(wang, lin, cup, wang, release=True)
    let_time_pass(NOW + 13 * DAY)
    assert (now_state(case), state(order), earned(lin)) == ("to_ship_back", "released", yuan(120))
    sent(wang, lin, case, NOW + 13 * DAY)
    assert earned(lin) == yuan(120)
    with at(NOW + 14 * DAY):
        actions.confirm_back(seller=lin, case=case.id, now=NOW + 14 * DAY)
    assert (now_state(case), state(order), earned(lin)) == ("refunded", "refunded", yuan(0))
    assert money.parts_of(order.id)[case.line_id].refunded == yuan(120)
    assert balanced()


def test_all_of_the_price_that_the_two_agree_on_is_theirs_to_give(lin, wang, cup):
    order = received(wang, lin, cup)
    case = opened(wang, order)
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=NOW)
    actions.escalate(buyer=wang, case=case.id, now=NOW)
    actions.offer(member=lin, case=case.id, amount=case.asked, now=NOW)
    with at(NOW):
        actions.agree(member=wang, case=case.id, minor=12000, now=NOW)
    assert (now_state(case), state(order)) == ("refunded", "refunded")
