"""What pages, notices and the API say about a case, by state, by deed, and by who reads."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from goodword.orders.states import Words

from . import rules
from .rules import Case
from .states import OPEN, CaseState, LeftOut, Party, Reason, Stays, Vote

C, P = CaseState, Party

STATES: Mapping[CaseState, Words] = {
    C.ASKED: _("Return asked for"),
    C.TO_SHIP_BACK: _("To be sent back"),
    C.COMING_BACK: _("On its way back"),
    C.REFUSED: _("Return refused"),
    C.TALKING: _("Dispute: find an agreement"),
    C.EVIDENCE: _("Dispute: say what happened"),
    C.PANEL: _("Dispute: a jury votes"),
    C.OPERATOR: _("Dispute: the operator decides"),
    C.DECIDED: _("Dispute: decided"),
    C.SHORT: _("Decided: the seller has not got it all"),
    C.CLOSED: _("Closed"),
    C.REFUNDED: _("Refunded"),
    C.SETTLED: _("Partly refunded"),
}
REASONS: Mapping[Reason, Words] = {
    Reason.CHANGED_MIND: _("I do not want it after all"),
    Reason.DAMAGED: _("It is broken or faulty"),
    Reason.NOT_AS_PROMISED: _("It is not what was promised"),
    Reason.FAKE: _("It is an imitation"),
    Reason.NOT_ARRIVED: _("It never arrived"),
}
VOTES: Mapping[Vote, Words] = {
    Vote.BUYER: _("All of it goes back to the buyer"),
    Vote.HALF: _("Half of it goes back"),
    Vote.SELLER: _("Nothing goes back"),
}
# Where the goods can go back too.
VOTES_WITH_GOODS: Mapping[Vote, Words] = {
    Vote.BUYER: _("All of it goes back to the buyer, once the seller has the goods again"),
    Vote.KEEP: _("All of it goes back, and the buyer keeps the goods (say why below)"),
    Vote.HALF: VOTES[Vote.HALF],
    Vote.SELLER: VOTES[Vote.SELLER],
}
STAYS: Mapping[Stays, Words] = {
    Stays.WORTHLESS: _("nothing of it can be used any more"),
    Stays.COSTLY: _("sending it would cost more than it is worth"),
    Stays.SPOILS: _("it spoils or was worn, and nobody can sell it again"),
    Stays.FORBIDDEN: _("it must not be sent, or is dangerous"),
    Stays.GONE: _("the buyer has not got it"),
    Stays.FAKE: _("an imitation must not be sold again"),
}
COULD_BE_DRAWN = _("All who could be drawn")
LEFT_OUT: Mapping[LeftOut, Words] = {
    LeftOut.SIDE: _("The two sides"),
    LeftOut.OPERATOR: _("Operators of the house, who may have to decide later"),
    LeftOut.PASSING: _("Who joined after the case was opened, or is about to leave"),
    LeftOut.KNOWS: _("Friends of one of the two, and whoever has traded with one"),
}
# is_appeal, of_return: what a statement is about; the first needs no word.
SAID_ABOUT: Mapping[tuple[bool, bool], Words] = {
    (False, False): "",
    (False, True): _("what came back"),
    (True, False): _("what is new, with the appeal"),
}
SIDES: Mapping[str, Words] = {P.BUYER: _("The buyer"), P.SELLER: _("The seller")}

NEXT: Mapping[tuple[CaseState, Party], Words] = {
    (C.ASKED, P.BUYER): _("The seller answers. You do not have to write to her."),
    (C.ASKED, P.SELLER): _("Say yes with the address to send it to, or no with a reason."),
    (C.TO_SHIP_BACK, P.BUYER): _("Send it back and enter the tracking number."),
    (C.TO_SHIP_BACK, P.SELLER): _("The buyer sends it back."),
    (C.COMING_BACK, P.BUYER): _("When the seller has it, your money comes back."),
    (C.COMING_BACK, P.SELLER): _("When it is there, confirm; if something is wrong, say so."),
    (C.REFUSED, P.BUYER): _("You can have it looked at by others, or let it be."),
    (C.REFUSED, P.SELLER): _("The buyer may have it looked at by others. You can still say yes."),
    (C.TALKING, P.BUYER): _("Offer a split, or agree to what the seller offers."),
    (C.TALKING, P.SELLER): _("Offer a split, or agree to what the buyer offers."),
    (C.EVIDENCE, P.BUYER): _("Say once what happened, with pictures. Jurors will read it."),
    (C.EVIDENCE, P.SELLER): _("Say once what happened, with pictures. Jurors will read it."),
    (C.PANEL, P.BUYER): _("Members who know neither of you vote. They see no names."),
    (C.PANEL, P.SELLER): _("Members who know neither of you vote. They see no names."),
    (C.OPERATOR, P.BUYER): _("The operator of this house decides, with a reason."),
    (C.OPERATOR, P.SELLER): _("The operator of this house decides, with a reason."),
    (C.DECIDED, P.BUYER): _("If there is something new, you can appeal once."),
    (C.DECIDED, P.SELLER): _("If there is something new, you can appeal once."),
    (C.SHORT, P.BUYER): _(
        "What the seller has went back to you; the rest follows as she earns it, or the house "
        "pays it."
    ),
    (C.SHORT, P.SELLER): _(
        "What you have went back to the buyer; what you earn pays the rest before anything else."
    ),
    (C.CLOSED, P.BUYER): _("Nothing goes back. The order goes on where it stood."),
    (C.CLOSED, P.SELLER): _("Nothing goes back. The order goes on where it stood."),
    (C.REFUNDED, P.BUYER): _("All that you asked for goes back to you."),
    (C.REFUNDED, P.SELLER): _("All that was asked for went back to the buyer."),
    (C.SETTLED, P.BUYER): _("A part goes back to you; the rest is the seller’s."),
    (C.SETTLED, P.SELLER): _("A part went back to the buyer; the rest is yours."),
}

# Where the seller was silent and has not said where to send it.
NEXT_WITHOUT_ADDRESS: Mapping[Party, Words] = {
    P.BUYER: _("The seller has to say where to send it. If she does not, your money comes back."),
    P.SELLER: _("Say where it should be sent. If you do not, the money goes back."),
}

# Where it is disputed what came back by a decision.
NEXT_AGAIN = _("Say once what came back, with pictures. The operator will read it.")

# Who pays for the way back, as who reads.
WAY_BACK: Mapping[tuple[Party, Party], Words] = {
    (P.SELLER, P.BUYER): _(
        "The seller pays for the way back: it can go freight collect where the carrier does that."
    ),
    (P.SELLER, P.SELLER): _(
        "You pay for the way back, since the buyer says that something is wrong with it."
    ),
    (P.BUYER, P.BUYER): _("You pay for the way back, since you changed your mind."),
    (P.BUYER, P.SELLER): _("The buyer pays for the way back."),
}

# What happens when nobody acts, in each open state; see `ahead`.
AHEAD: Mapping[CaseState, Words] = {
    C.ASKED: _("If the seller says nothing, she has agreed to the return."),
    C.TO_SHIP_BACK: _("If it is not sent back, the case is closed and the order goes on."),
    C.COMING_BACK: _("If the seller says nothing, it counts as arrived and the money goes back."),
    C.REFUSED: _("If the buyer does nothing, the case is closed and the order goes on."),
    C.TALKING: _("Without an agreement, each side says once what happened."),
    C.EVIDENCE: _("Whoever has said nothing by then loses. If neither has, nothing goes back."),
    C.PANEL: _("The middle of the votes decides. With too few votes, the operator does."),
    C.OPERATOR: _("If the operator does not decide, the money goes back to the buyer."),
    C.DECIDED: _("Without an appeal, it is carried out."),
    C.SHORT: _("It is tried again each day."),
}

NEXT_DIGITAL: Mapping[tuple[CaseState, Party], Words] = {
    (C.ASKED, P.SELLER): _("Say yes, and the money goes back; or no, with a reason."),
}
AHEAD_DIGITAL = _("If the seller says nothing, she has agreed and the money goes back.")
AHEAD_WITHOUT_ADDRESS = _("If the seller does not say where to send it, the money goes back.")
AHEAD_AFTER_APPEAL = _("If the operator does not decide, what was decided before is carried out.")
# Where the goods go back before the money does.
AHEAD_WITH_GOODS: Mapping[CaseState, Words] = {
    C.EVIDENCE: _(
        "Whoever has said nothing by then loses. If that is the seller, the money goes back once "
        "she has the goods again; if neither has, nothing goes back."
    ),
    C.OPERATOR: _(
        "If the operator does not decide, the money goes back to the buyer, once the seller has "
        "the goods again."
    ),
    C.DECIDED: _("Without an appeal, the money goes back once the seller has the goods again."),
}


def next_step(case: Case, side: Party) -> Words:
    """What this side is to do, or waits for."""
    state = CaseState(case.state)
    if state == C.TO_SHIP_BACK and not case.return_address:
        return NEXT_WITHOUT_ADDRESS[side]
    if state == C.EVIDENCE and case.again_at:
        return NEXT_AGAIN
    if (state, side) in NEXT_DIGITAL and case.is_digital:
        return NEXT_DIGITAL[state, side]
    return NEXT[state, side]


def ahead(case: Case) -> Words:
    """What happens when nobody acts; empty once the case has ended."""
    state = CaseState(case.state)
    if state == C.TO_SHIP_BACK and not case.return_address:
        return AHEAD_WITHOUT_ADDRESS
    if state == C.ASKED and case.is_digital:
        return AHEAD_DIGITAL
    if state == C.OPERATOR and case.appealed:
        return AHEAD_AFTER_APPEAL
    fake = state == C.EVIDENCE and case.reason == Reason.FAKE  # by silence; it stays where it is
    if state in AHEAD_WITH_GOODS and not fake and rules.waits_for_goods(case, rules.owed(case)):
        return AHEAD_WITH_GOODS[state]
    return AHEAD.get(state, "")


def way_back(case: Case, side: Party) -> Words:
    """Who pays for the way back, before it is sent; empty where nothing is."""
    asked = case.state in (C.ASKED, C.TO_SHIP_BACK) and not case.is_digital
    return WAY_BACK[rules.pays_the_way_back(Reason(case.reason)), side] if asked else ""


# verb: (the buyer's story, the seller's). The system writes these; nobody has to.
DEEDS: Mapping[str, tuple[Words, Words]] = {
    "opened": (
        _("You asked for your money back: %(reason)s."),
        _("The buyer asks for the money back: %(reason)s."),
    ),
    "accepted": (
        _("The seller accepts the return. Send it back and enter the number."),
        _("You accepted the return."),
    ),
    "accepted_digital": (
        _("The seller agreed. Nothing has to be sent back."),
        _("You agreed. Nothing is sent back."),
    ),
    "accepted_by_silence": (
        _("The seller did not answer: the return is accepted."),
        _("You did not answer: the return is accepted. Say where it should be sent."),
    ),
    "said_where": (
        _("The seller says where to send it. Your time to send it begins anew."),
        _("You said where to send it."),
    ),
    "refused": (_("The seller refused the return."), _("You refused the return.")),
    "withdrawn": (_("You withdrew the case."), _("The buyer withdrew the case.")),
    "sent_back": (_("You sent it back."), _("The buyer sent it back.")),
    "came_back": (_("The seller has it back."), _("You confirmed that it came back.")),
    "contested": (
        _("The seller says that what came back is not right."),
        _("You said that what came back is not right."),
    ),
    "escalated": (_("You opened a dispute."), _("The buyer opened a dispute.")),
    "offered": (
        _("An offer to settle: %(sum)s back."),
        _("An offer to settle: %(sum)s back."),
    ),
    "agreed": (_("You both agreed: %(sum)s back."), _("You both agreed: %(sum)s back.")),
    "to_evidence": (
        _("No agreement was found. Say what happened, with pictures."),
        _("No agreement was found. Say what happened, with pictures."),
    ),
    "filed": (_("One side has said what happened."), _("One side has said what happened.")),
    "panel": (
        _("Jurors who know neither of you were drawn."),
        _("Jurors who know neither of you were drawn."),
    ),
    "no_jury": (
        _("Too few members know neither of you: the operator decides."),
        _("Too few members know neither of you: the operator decides."),
    ),
    "no_quorum": (
        _("The time of the jury is over."),
        _("The time of the jury is over."),
    ),
    "decided": (_("It was decided: %(sum)s back."), _("It was decided: %(sum)s back.")),
    "decided_by_friend": (
        _("It was decided: %(sum)s back. The operator is a friend of one side; there is no other."),
        _("It was decided: %(sum)s back. The operator is a friend of one side; there is no other."),
    ),
    "appealed": (
        _("An appeal was made. The operator decides for good."),
        _("An appeal was made. The operator decides for good."),
    ),
    "not_covered": (
        _("The seller still has to give back %(sum)s. The operator has been asked to help."),
        _("You still have to give back %(sum)s. What you earn pays it before anything else."),
    ),
    "advanced": (
        _("The house pays the %(sum)s that the seller does not have."),
        _("The house pays the %(sum)s that you do not have. You owe it to the house."),
    ),
    "kept": (
        _("You keep the goods: %(why)s."),
        _("The buyer keeps the goods: %(why)s."),
    ),
    "against_return": (
        _("%(sum)s goes back to you once the seller has the goods again. Send them back."),
        _("%(sum)s goes back to the buyer once you have the goods again. Say where to send them."),
    ),
    "both_said": (
        _("Both have said what came back. The operator decides."),
        _("Both have said what came back. The operator decides."),
    ),
    "upheld": (
        _("It counts as a fake: the seller owes you %(sum)s besides."),
        _("It counts as a fake: you owe the buyer %(sum)s besides."),
    ),
    "cleared": (
        _("It does not count as a fake any more; nothing is owed besides."),
        _("It does not count as a fake any more; you owe nothing besides."),
    ),
    "closed": (
        _("The case is closed; the order goes on."),
        _("The case is closed; the order goes on."),
    ),
    "refunded": (
        _("The case ended: all you asked for goes back to you."),
        _("The case ended: all that was asked for goes back."),
    ),
    "settled": (
        _("The case ended: a part goes back to you."),
        _("The case ended: a part goes back to the buyer."),
    ),
}
ICONS: Mapping[str, str] = {
    "opened": "return", "accepted": "check", "accepted_by_silence": "clock", "refused": "close",
    "accepted_digital": "check", "decided_by_friend": "scale",
    "withdrawn": "close", "sent_back": "truck", "came_back": "box", "contested": "hand",
    "escalated": "shield", "offered": "hand", "agreed": "ok", "to_evidence": "clock",
    "filed": "edit", "panel": "scale", "no_jury": "scale", "no_quorum": "clock",
    "decided": "scale", "appealed": "scale", "not_covered": "wallet", "closed": "close",
    "said_where": "box", "advanced": "bank", "upheld": "shield", "cleared": "shield",
    "refunded": "return", "settled": "ok", "kept": "box", "against_return": "return",
    "both_said": "scale",
}  # fmt: skip


def check() -> None:
    """Refuse tables in which a state or a deed has no words."""
    if set(STATES) != set(C) or set(AHEAD) != OPEN or set(ICONS) != set(DEEDS):
        raise TypeError("a state or a deed has no words")
    if set(VOTES_WITH_GOODS) != set(Vote) or set(STAYS) != set(Stays):
        raise TypeError("a vote, or a reason to keep the goods, has no words")
    if set(NEXT) != {(state, side) for state in C for side in (P.BUYER, P.SELLER)}:
        raise TypeError("a state does not say what happens next")


check()
