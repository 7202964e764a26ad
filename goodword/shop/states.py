"""Every state and choice of the shop, one sentence each, and the moves that are allowed."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from goodword.kit.states import moves


class Level(StrEnum):
    """What a seller has declared to be, or the house has checked; it stands on every card."""

    NONE = "none"  # she has not said what she is
    INDIVIDUAL = "individual"  # she declares to sell as a private person
    REGISTERED = "registered"  # a business whose number and papers an operator has looked at


class ListingState(StrEnum):
    DRAFT = "draft"  # only its seller sees it
    ACTIVE = "active"  # offered to everyone who may see the shop
    WITHDRAWN = "withdrawn"  # not offered any more; its record stays readable


class Condition(StrEnum):
    NEW = "new"  # never used
    LIKE_NEW = "like_new"  # used, without a trace of it
    USED = "used"  # used, and it shows


class Digital(StrEnum):
    """How goods that are no thing come to their buyer."""

    NO = ""  # they are a thing: something is sent, or given from hand to hand
    AT_ONCE = "at_once"  # what is attached to the listing, by itself as soon as it is paid
    BY_HAND = "by_hand"  # by the seller, within the time that she promised


class EvidenceKind(StrEnum):
    RECEIPT = "receipt"  # where and when the seller bought it
    AUTHORISATION = "authorisation"  # the maker allows her to sell it
    CUSTOMS = "customs"  # it came into the country by the front door
    INSPECTION = "inspection"  # a third party looked at it
    WORKSHOP = "workshop"  # how and where it is made


class EvidenceFor(StrEnum):
    EVERYONE = "everyone"  # whoever may see the listing
    BUYERS = "buyers"  # only those who bought the listing: it may show names and addresses
    OPERATORS = "operators"  # only the house: nobody else learns that it is there


class Planned(StrEnum):
    OFFER = "offer"  # put it on sale
    WITHDRAW = "withdraw"  # take it off


class PlanEnd(StrEnum):
    """How a planned time ended; one that still waits has none."""

    DONE = "done"  # it happened by itself
    NEEDLESS = "needless"  # it was so already: the seller did it herself
    MISSED = "missed"  # something was missing for a sale; the seller was told
    CHANGED = "changed"  # the seller chose otherwise before


class ReservationState(StrEnum):
    HELD = "held"  # out of stock, waiting for the payment
    SOLD = "sold"  # paid; the pieces are gone for good
    RELEASED = "released"  # not paid in time or given up; the pieces are back in stock


class QuoteState(StrEnum):
    ASKED = "asked"  # the seller is to answer
    ANSWERED = "answered"  # with a price, a time and how long it holds; the buyer decides
    ACCEPTED = "accepted"  # it can be ordered at that price while it holds
    DECLINED = "declined"  # the seller does not make it
    WITHDRAWN = "withdrawn"  # the buyer does not want it any more
    EXPIRED = "expired"  # nobody answered, or it was not ordered in time


class ImportState(StrEnum):
    PREVIEW = "preview"  # read, shown, nothing done
    RUNNING = "running"  # a job carries it out; nothing of it is to be seen before all is
    APPLIED = "applied"  # carried out, once
    DROPPED = "dropped"  # given up by the seller
    UNDOING = "undoing"  # a job takes it back; nothing of it is gone before all is
    UNDONE = "undone"  # taken back: what could be, is as it was before


class TakenBack(StrEnum):
    """What became of an item when its import was undone."""

    NO = ""  # nobody asked, or it had changed nothing
    DONE = "done"  # exactly as it was before the import
    SOLD = "sold"  # ordered since: buyers rely on it
    EDITED = "edited"  # changed here since: that work is not thrown away
    USED = "used"  # something else points to it


class RowOutcome(StrEnum):
    CREATE = "create"  # a new listing
    UPDATE = "update"  # an earlier imported listing changes with the file
    UNCHANGED = "unchanged"  # the file says nothing new about it
    REFUSED = "refused"  # could not be read; its sentence says why


LISTING_MOVES = moves(
    ListingState,
    {
        ListingState.DRAFT: {ListingState.ACTIVE},
        ListingState.ACTIVE: {ListingState.WITHDRAWN},
        ListingState.WITHDRAWN: {ListingState.ACTIVE},
    },
)
RESERVATION_MOVES = moves(
    ReservationState,
    {
        ReservationState.HELD: {ReservationState.SOLD, ReservationState.RELEASED},
        ReservationState.SOLD: {ReservationState.RELEASED},  # called off before it was shipped
        ReservationState.RELEASED: set(),
    },
)
QUOTE_MOVES = moves(
    QuoteState,
    {
        QuoteState.ASKED: {
            QuoteState.ANSWERED, QuoteState.DECLINED, QuoteState.WITHDRAWN, QuoteState.EXPIRED,
        },
        QuoteState.ANSWERED: {QuoteState.ACCEPTED, QuoteState.WITHDRAWN, QuoteState.EXPIRED},
        QuoteState.ACCEPTED: {QuoteState.EXPIRED},
        QuoteState.DECLINED: set(),
        QuoteState.WITHDRAWN: set(),
        QuoteState.EXPIRED: set(),
    },
)  # fmt: skip
# While a job works on it; its page asks how far that is.
BUSY_IMPORTS = frozenset({ImportState.RUNNING, ImportState.UNDOING})
IMPORT_MOVES = moves(
    ImportState,
    {
        ImportState.PREVIEW: {ImportState.RUNNING, ImportState.APPLIED, ImportState.DROPPED},
        ImportState.RUNNING: {ImportState.APPLIED, ImportState.DROPPED, ImportState.PREVIEW},
        ImportState.APPLIED: {ImportState.UNDOING, ImportState.UNDONE},
        ImportState.DROPPED: set(),
        ImportState.UNDOING: {ImportState.UNDONE},
        ImportState.UNDONE: {ImportState.UNDOING},  # for what stayed the first time
    },
)

LEVEL_SENTENCES = {
    Level.NONE: _("The seller has not said whether a person or a business sells here."),
    Level.INDIVIDUAL: _("The seller declares to sell as a private person. No licence was checked."),
    Level.REGISTERED: _("A business. An operator has checked its number and its papers."),
}
QUOTE_WORDS = {
    QuoteState.ASKED: _("Asked"),
    QuoteState.ANSWERED: _("Answered"),
    QuoteState.ACCEPTED: _("Accepted"),
    QuoteState.DECLINED: _("Turned down"),
    QuoteState.WITHDRAWN: _("Withdrawn by the buyer"),
    QuoteState.EXPIRED: _("Over"),
}
LISTING_WORDS = {
    ListingState.DRAFT: _("Draft"),
    ListingState.ACTIVE: _("On sale"),
    ListingState.WITHDRAWN: _("Withdrawn"),
}
CONDITION_WORDS = {
    Condition.NEW: _("Brand new"),
    Condition.LIKE_NEW: _("Like new"),
    Condition.USED: _("Used"),
}
DIGITAL_WORDS = {
    Digital.NO: _("A thing that is sent or handed over"),
    Digital.AT_ONCE: _("Digital, delivered by itself at once when it is paid"),
    Digital.BY_HAND: _("Digital, delivered by you within the promised time"),
}
EVIDENCE_WORDS = {
    EvidenceKind.RECEIPT: _("Shop receipt"),
    EvidenceKind.AUTHORISATION: _("Authorisation of the maker"),
    EvidenceKind.CUSTOMS: _("Customs papers"),
    EvidenceKind.INSPECTION: _("Inspection report"),
    EvidenceKind.WORKSHOP: _("From the workshop"),
}
EVIDENCE_FOR_WORDS = {
    EvidenceFor.EVERYONE: _("Everyone who sees the listing"),
    EvidenceFor.BUYERS: _("Only people who bought it"),
    EvidenceFor.OPERATORS: _("Only the operators of the house"),
}
EVIDENCE_FOR_BADGES = {
    EvidenceFor.BUYERS: _("buyers only"),
    EvidenceFor.OPERATORS: _("operators only"),
}
OUTCOME_WORDS = {
    RowOutcome.CREATE: _("New listing"),
    RowOutcome.UPDATE: _("Changed"),
    RowOutcome.UNCHANGED: _("As before"),
    RowOutcome.REFUSED: _("Not read"),
}
IMPORT_WORDS = {
    ImportState.PREVIEW: _("looked at"),
    ImportState.RUNNING: _("being imported"),
    ImportState.APPLIED: _("imported"),
    ImportState.DROPPED: _("given up"),
    ImportState.UNDOING: _("being taken back"),
    ImportState.UNDONE: _("taken back"),
}
TAKEN_BACK_SENTENCES = {
    TakenBack.DONE: _("Taken back: it is as it was before the import."),
    TakenBack.SOLD: _(
        "It stays: it was ordered since. Withdraw it if you do not sell it any more."
    ),
    TakenBack.EDITED: _(
        "It stays: it was changed or put on sale here since. Withdraw or edit it yourself."
    ),
    TakenBack.USED: _("It stays: something here shows it, such as a moment or an order."),
}
