"""The pure decisions: who may do what in which state, and what silence leads to."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.care import drawing, rules, saying, words
from goodword.care.rules import Heard, Outcome
from goodword.care.states import (
    FINAL,
    MOVES,
    OPEN,
    CaseState,
    Party,
    Reason,
    Stays,
    Verb,
    Vote,
)
from goodword.kit.house import HouseRules
from goodword.kit.money import Money

C, P, V = CaseState, Party, Verb
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TERMS = rules.Terms.of(HouseRules(), ordered=HouseRules())


def yuan(amount):
    return Money(amount * 100, "CNY")


@dataclass(frozen=True)
class Case:
    state: str
    reason: str = Reason.DAMAGED
    opened_at: datetime = NOON
    offer_by: str = ""
    appealed: bool = False
    return_address: str = "here"
    number: str = ""
    decision_minor: int | None = None
    stays: str = ""
    again_at: datetime | None = None
    asked: Money = Money(10000, "CNY")
    price: Money = Money(9000, "CNY")
    is_digital: bool = False


# state, how long it waits, what silence makes of it
TABLE = [
    (C.ASKED, 5 * DAY, Outcome(C.TO_SHIP_BACK)),
    (C.TO_SHIP_BACK, 7 * DAY, Outcome(C.CLOSED, yuan(0))),
    (C.COMING_BACK, 10 * DAY, Outcome(C.REFUNDED, yuan(100))),
    (C.REFUSED, 7 * DAY, Outcome(C.CLOSED, yuan(0))),
    (C.TALKING, 3 * DAY, Outcome(C.EVIDENCE)),
    (C.EVIDENCE, 3 * DAY, Outcome(C.CLOSED, yuan(0))),
    (C.PANEL, 2 * DAY, Outcome(C.OPERATOR)),
    (C.OPERATOR, 7 * DAY, Outcome(C.TO_SHIP_BACK, yuan(100))),
]


@pytest.mark.parametrize(("state", "wait", "outcome"), TABLE)
def test_each_row_of_the_table(state, wait, outcome):
    case = Case(state)
    assert rules.due(case, TERMS, NOON) == NOON + wait
    assert rules.run_out(case, Heard(seats=7)) == outcome


@pytest.mark.parametrize("state", [C.TALKING, C.EVIDENCE, C.PANEL, C.OPERATOR, C.DECIDED])
def test_no_step_of_a_dispute_goes_beyond_its_sixty_days(state):
    late = NOON + 59 * DAY
    assert rules.due(Case(state), TERMS, late) == NOON + 60 * DAY
    assert rules.due(Case(state), TERMS, NOON + 61 * DAY) == NOON + 61 * DAY


def test_two_who_still_talk_then_end_as_without_an_operator():
    ends = Outcome(C.TO_SHIP_BACK, yuan(100))
    assert rules.run_out(Case(C.TALKING), Heard(), too_long=True) == ends
    assert rules.takes_too_long(Case(C.TALKING), TERMS, NOON + 60 * DAY)
    assert not rules.takes_too_long(Case(C.TALKING), TERMS, NOON + 59 * DAY)


def test_of_digital_goods_nothing_is_sent_back():
    """The seller's silence is a yes, and with that the money goes back."""
    silent = rules.run_out(Case(C.ASKED, is_digital=True), Heard())
    assert silent == Outcome(C.REFUNDED, yuan(100))


def test_after_an_appeal_silence_leaves_what_was_decided():
    """Or whoever lost would appeal, and be refunded in full where the operator is away."""
    for minor, state in ((0, C.CLOSED), (5000, C.SETTLED)):
        case = Case(C.OPERATOR, appealed=True, decision_minor=minor)
        assert rules.run_out(case, Heard()) == Outcome(state, Money(minor, "CNY"))
        assert "before" in words.ahead(case)


def test_what_comes_next_knows_whether_the_buyer_knows_where_to_send_it():
    told, silent = Case(C.TO_SHIP_BACK), Case(C.TO_SHIP_BACK, return_address="")
    assert "tracking number" in words.next_step(told, Party.BUYER)
    assert "your money comes back" in words.next_step(silent, Party.BUYER)
    assert "order goes on" in words.ahead(told)
    assert "the money goes back" in words.ahead(silent)
    assert words.ahead(Case(C.CLOSED)) == ""


def test_every_open_state_has_its_row():
    assert {row[0] for row in TABLE} | {C.DECIDED, C.SHORT} == OPEN


def test_what_depends_on_more_than_the_state():
    nowhere = Case(C.TO_SHIP_BACK, return_address="")
    assert rules.run_out(nowhere, Heard()) == Outcome(C.REFUNDED, yuan(100))
    for filed, back in (({P.BUYER}, 100), ({P.SELLER}, 0), (set(), 0)):
        heard = Heard(filed=frozenset(filed))
        assert rules.run_out(Case(C.EVIDENCE), heard).back == yuan(back)
    voted = Heard(votes=(Vote.BUYER, Vote.HALF, Vote.HALF, Vote.SELLER), seats=7)
    assert rules.run_out(Case(C.PANEL), voted) == Outcome(C.DECIDED, yuan(50))
    for minor, state in ((0, C.CLOSED), (4000, C.SETTLED), (10000, C.TO_SHIP_BACK)):
        decided = Case(C.DECIDED, decision_minor=minor)
        assert rules.due(decided, TERMS, NOON) == NOON + 7 * DAY
        assert rules.run_out(decided, Heard()) == Outcome(state, Money(minor, "CNY"))
    short = Case(C.SHORT, decision_minor=4000)
    assert rules.run_out(short, Heard()) == Outcome(C.SETTLED, yuan(40))
    assert rules.due(short, TERMS, NOON) == NOON + DAY
    silent = Heard(filed=frozenset({P.BUYER}))
    fake = Case(C.EVIDENCE, reason=Reason.FAKE)
    assert rules.run_out(fake, silent) == Outcome(C.DECIDED, yuan(100))


NOTHING_TO_SEND = {
    "never came": {"reason": Reason.NOT_ARRIVED}, "digital": {"is_digital": True},
    "was sent": {"number": "SF1"}, "is kept": {"stays": Stays.COSTLY},
}  # fmt: skip


@pytest.mark.parametrize("why", [None, *NOTHING_TO_SEND])
def test_whoever_wins_all_of_the_price_sends_the_goods_back_first(why):
    """By silence, by the panel's word, by the operator's, and where no operator speaks."""
    case = Case(C.EVIDENCE, **NOTHING_TO_SEND.get(why, {}))
    silent = Heard(filed=frozenset({P.BUYER}))
    for state, minor, end in (
        (C.EVIDENCE, None, 10000), (C.DECIDED, 10000, 10000), (C.DECIDED, 9000, 9000),
        (C.OPERATOR, None, 10000), (C.OPERATOR, 9000, 9000),
    ):  # fmt: skip
        found = rules.run_out(replace(case, state=state, decision_minor=minor), silent)
        ended = C.REFUNDED if end == 10000 else C.SETTLED
        expected = ended if why else C.TO_SHIP_BACK
        assert found == Outcome(expected, Money(end, "CNY")), (state, minor)
    part = replace(case, state=C.DECIDED, decision_minor=8999)
    assert rules.run_out(part, silent).state == C.SETTLED, "a part of the price is a reduction"


def test_what_came_back_by_a_decision_gives_what_was_decided():
    for state in (C.COMING_BACK, C.TALKING):
        back = Case(state, number="SF1", decision_minor=9500)
        assert rules.run_out(back, Heard(), too_long=True) == Outcome(C.SETTLED, Money(9500, "CNY"))
    nowhere = Case(C.TO_SHIP_BACK, return_address="", decision_minor=9500)
    assert rules.run_out(nowhere, Heard()).back == Money(9500, "CNY")
    again = Case(C.EVIDENCE, Reason.FAKE, number="SF1", decision_minor=9500, again_at=NOON + DAY)
    silent = Heard(filed=frozenset({P.BUYER}))
    assert rules.run_out(again, silent) == Outcome(C.SETTLED, Money(9500, "CNY"))
    assert rules.due(replace(again, opened_at=NOON - 60 * DAY), TERMS, NOON + DAY) == NOON + 4 * DAY


def votes(**counts):
    """So many of each; who keeps the goods keeps them as nobody could sell them again."""
    said = tuple(Vote(name) for name, count in counts.items() for _n in range(count))
    return Heard(votes=said, seats=7, kept_for=(Stays.SPOILS,) * counts.get("keep", 0))


@pytest.mark.parametrize(
    ("given", "is_settled", "kept"),
    [
        (votes(buyer=4), True, None),
        (votes(keep=4), True, Stays.SPOILS),
        (votes(keep=2, buyer=2), False, None),
        (votes(keep=3, buyer=1), False, Stays.SPOILS),
        (votes(keep=3, buyer=2), False, Stays.SPOILS),
        (votes(keep=3, buyer=4), True, None),
        (votes(keep=4, seller=3), True, Stays.SPOILS),
    ],
)
def test_the_goods_stay_where_most_of_the_jurors_say_why(given, is_settled, kept):
    assert rules.verdict(given) == 100
    assert (rules.is_settled(given), rules.kept_for(given)) == (is_settled, kept)
    case = Case(C.PANEL)
    assert rules.stays_by(case, yuan(100), given) == (kept or "")
    assert rules.stays_by(case, yuan(50), given) == ""
    assert rules.stays_by(replace(case, number="SF1"), yuan(100), given) == ""
    assert rules.stays_by(replace(case, reason=Reason.FAKE), yuan(100), given) == Stays.FAKE


def test_of_several_reasons_to_keep_it_the_one_that_most_gave():
    said = (Stays.GONE, Stays.SPOILS, Stays.GONE, Stays.SPOILS)
    heard = Heard(votes=(Vote.KEEP,) * 4, seats=7, kept_for=said)
    assert rules.kept_for(heard) == Stays.SPOILS, "of two that as many gave, the first"
    assert rules.kept_for(replace(heard, kept_for=(*said, Stays.GONE))) == Stays.GONE


def test_the_pages_say_that_the_goods_go_first():
    for state in (C.EVIDENCE, C.OPERATOR, C.DECIDED):
        decided = None if state == C.EVIDENCE else 10000
        case = Case(state, decision_minor=decided)
        assert "the goods again" in words.ahead(case)
        assert "the goods again" not in words.ahead(replace(case, number="SF1"))
    assert "the goods again" not in words.ahead(Case(C.EVIDENCE, Reason.FAKE))
    assert "operator will read" in words.next_step(Case(C.EVIDENCE, again_at=NOON), P.SELLER)
    for reason, payer in ((Reason.DAMAGED, P.SELLER), (Reason.CHANGED_MIND, P.BUYER)):
        assert rules.pays_the_way_back(reason) == payer
        assert words.way_back(Case(C.TO_SHIP_BACK, reason), payer).startswith(
            "You pay" if payer == P.BUYER else "You pay for the way back, since the buyer"
        )
        assert words.way_back(Case(C.COMING_BACK, reason), payer) == ""


def test_an_appeal_says_something_that_nobody_has_said():
    before = ["The rim is broken.", "", "It was whole when I sent it."]
    for same in ("The rim is broken!!", "  broken IS the rim ", "It was whole", "…", ""):
        assert not saying.is_new(same, before), same
    for fresh in ("The courier's slip shows a dented box.", "Look."):
        assert saying.is_new(fresh, before), fresh
    assert not saying.is_new("杯口碎了", ["收到时杯口碎了，请退款"])
    assert saying.is_new("快递员拍了照片", ["收到时杯口碎了，请退款"])


def test_no_dispute_takes_longer_than_sixty_days():
    late = NOON + 58 * DAY
    assert rules.due(Case(C.OPERATOR), TERMS, late) == NOON + 60 * DAY
    assert rules.due(Case(C.OPERATOR), TERMS, NOON + 61 * DAY) == NOON + 61 * DAY


@pytest.mark.parametrize(("verb", "party", "state"), list(product(Verb, Party, CaseState)))
def test_every_verb_in_every_state_by_everybody(verb, party, state):
    other = P.SELLER if party == P.BUYER else P.BUYER
    why = rules.refusal(verb, party, Case(state, offer_by=other, return_address=""))
    if party not in MOVES[verb].by:
        assert why == "not_yours"
    elif state not in MOVES[verb].before:
        assert why == "not_now"
    else:
        assert why is None


def test_nobody_agrees_with_oneself_and_an_appeal_is_made_once():
    talking = Case(C.TALKING)
    assert rules.refusal(V.AGREE, P.BUYER, talking) == "no_offer"
    assert rules.refusal(V.AGREE, P.BUYER, replace(talking, offer_by="buyer")) == "no_offer"
    assert rules.refusal(V.APPEAL, P.BUYER, Case(C.DECIDED, appealed=True)) == "appealed_before"
    assert rules.refusal(V.SAY_WHERE, P.SELLER, Case(C.TO_SHIP_BACK)) == "said_where"


@given(st.sampled_from(sorted(OPEN)), st.booleans(), st.integers(0, 10000))
def test_silence_ends_every_case(state, has_address, minor):
    case = Case(state, return_address="here" if has_address else "", decision_minor=minor)
    for _step in range(10):
        outcome = rules.run_out(case, Heard(seats=7))
        if outcome.state in FINAL:
            assert outcome.back is not None
            return
        case = replace(case, state=outcome.state)
    raise AssertionError("it never ends")


@given(st.lists(st.sampled_from(Vote), max_size=17), st.sampled_from([7, 17]))
def test_a_settled_panel_cannot_be_turned_by_the_rest(votes, seats):
    votes = votes[:seats]
    heard = Heard(votes=tuple(votes), seats=seats)
    share = rules.verdict(heard)
    assert (share is None) == (2 * len(votes) <= seats)
    if rules.is_settled(heard):
        left = seats - len(votes)
        for rest in (Vote.BUYER, Vote.SELLER, Vote.HALF):
            whole = Heard(votes=(*votes, *[rest] * left), seats=seats)
            assert rules.verdict(whole) == share


def test_the_same_seed_draws_the_same_jurors_and_another_seed_others():
    tokens = [drawing.commitment(str(number)) for number in range(200)]
    first = drawing.drawn("seed", tokens, 7)
    assert len(set(first)) == 7
    assert drawing.drawn("seed", list(reversed(tokens)), 7) == first
    assert drawing.drawn("seed2", tokens, 7) != first
    assert drawing.seed("s", ["a", "b"]) != drawing.seed("s", ["a", "c"])
    assert (drawing.seats(TERMS, members=499), drawing.seats(TERMS, members=500)) == (7, 17)


@pytest.mark.parametrize(
    ("reason", "state", "why"),
    [
        (Reason.NOT_ARRIVED, "shipped", None),
        (Reason.NOT_ARRIVED, "received", "has_arrived"),
        (Reason.DAMAGED, "released", None),
        (Reason.DAMAGED, "completed", "not_open_now"),
        (Reason.DAMAGED, "held", "not_open_now"),
        (Reason.CHANGED_MIND, "shipped", None),
        (Reason.CHANGED_MIND, "received", None),
    ],
)
def test_what_can_be_asked_for_when(reason, state, why):
    given = {"state": state, "received_at": NOON, "returns_days": 7, "most": 3, "now": NOON + DAY}
    assert rules.may_open(reason, **given) == why


def test_a_change_of_mind_has_the_time_that_was_promised():
    asked = {"state": "received", "received_at": NOON, "most": 3}
    over = NOON + 7 * DAY + timedelta(seconds=1)
    may = rules.may_open
    assert may(Reason.CHANGED_MIND, returns_days=7, now=over, **asked) == "returns_over"
    assert may(Reason.CHANGED_MIND, returns_days=0, now=NOON, **asked) == "no_returns"
    assert may(Reason.FAKE, returns_days=0, now=over, **asked) is None
    goods, whole = yuan(100), yuan(110)
    assert rules.asked_for(Reason.CHANGED_MIND, goods=goods, total=whole) == goods
    assert rules.asked_for(Reason.DAMAGED, goods=goods, total=whole) == whole


def test_what_was_settled_stays_so_and_no_line_is_asked_about_for_ever():
    asked = {"state": "received", "received_at": NOON, "returns_days": 7, "most": 3, "now": NOON}
    decided, withdrawn = rules.Past("damaged", True), rules.Past("damaged", False)
    for past, why in (
        ((withdrawn,), None), ((decided,), "settled_before"), ((withdrawn,) * 3, "too_often"),
    ):  # fmt: skip
        assert rules.may_open(Reason.DAMAGED, past=past, **asked) == why
    assert rules.may_open(Reason.FAKE, past=(decided,), **asked) is None


def test_a_juror_reads_no_names():
    names = ["Lin", "lin_tea", "王芳", "Lin's tea", "x"]
    assert saying.unnamed("LIN of Lin's tea (@lin_tea) sold 王芳芳 linen.", names) == (
        "… of … (@…) sold …芳 linen."
    )
    assert saying.unnamed("Lin x", []) == "Lin x"


def test_a_fake_costs_three_times_its_price_and_500_yuan_at_least():
    law = {"times": 3, "least": 500}
    for price, owed in ((yuan(900), yuan(2700)), (yuan(120), yuan(500)),
                        (Money(10000, "EUR"), Money(30000, "EUR"))):  # fmt: skip
        assert rules.compensation(price, **law) == owed
    assert rules.compensation(yuan(120), times=0, least=0) == yuan(0)
    for reason, back, upheld in ((Reason.FAKE, 100, True), (Reason.FAKE, 50, False),
                                 (Reason.DAMAGED, 100, False)):  # fmt: skip
        assert rules.is_upheld(reason, yuan(back), asked=yuan(100)) == upheld


def test_terms_survive_their_storing():
    assert rules.Terms.read(TERMS.stored()) == TERMS
    older = {name: value for name, value in TERMS.stored().items() if "fake" not in name}
    assert rules.Terms.read(older).fake_times == 0
