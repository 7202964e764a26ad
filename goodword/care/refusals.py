"""Why a case does not do what was asked, each as one sentence that says what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit.errors import Conflict, Forbidden, Invalid, NotFound
from goodword.orders.states import Words

SENTENCES: Mapping[str, Words] = {
    "not_now": gettext_lazy("The case has moved on. Look at where it stands now."),
    "no_offer": gettext_lazy("The other side has offered nothing that you could agree to."),
    "other_offer": gettext_lazy("The offer has changed meanwhile. Look at what it is now."),
    "appealed_before": gettext_lazy("There is one appeal, and it was made."),
    "not_open_now": gettext_lazy("Nothing can be asked for in this state of the order."),
    "has_arrived": gettext_lazy("It has arrived. Choose what is wrong with it."),
    "no_returns": gettext_lazy(
        "The listing promised no returns for a change of mind. Choose what is wrong with it."
    ),
    "returns_over": gettext_lazy(
        "The time to return it for a change of mind is over. Choose what is wrong with it."
    ),
    "open_already": gettext_lazy("A case about this is open already."),
    "settled_before": gettext_lazy("This was settled before, and stays so."),
    "too_often": gettext_lazy("No more can be asked for about this: it was done too often."),
    "nothing_left": gettext_lazy("All that was paid for this went back already."),
    "said_where": gettext_lazy("The buyer knows where to send it already."),
    "said_before": gettext_lazy("You have said it already. What was said stays."),
    "nothing_to_keep": gettext_lazy("Nothing could be sent back here. Vote for all of it instead."),
}


class CaseMissing(NotFound):
    """No such case for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("There is no such case."))


class NotPossible(Conflict):
    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(str(SENTENCES[why]))


class NotYours(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("That is not for you to do in this case."))


class TooClose(Forbidden):
    """An operator who is a friend of one side, while another could decide."""

    def __init__(self) -> None:
        super().__init__(
            _("You are a friend of one of the two. Another operator of this house decides.")
        )


class Missing(Invalid):
    """A field that has to be filled in."""

    def __init__(self, field: str) -> None:
        sentence = _("Fill this in.")
        super().__init__(sentence, fields={field: sentence})


class NothingNew(Invalid):
    """An appeal that only says again what was said."""

    def __init__(self) -> None:
        sentence = _(
            "That was said before. Say what is new, or show a picture that nobody has seen."
        )
        super().__init__(sentence, fields={"new": sentence})


class BadOffer(Invalid):
    """More than is asked for, or less than nothing."""

    def __init__(self, most: str) -> None:
        sentence = _("Give an amount from nothing to %(most)s.") % {"most": most}
        super().__init__(sentence, fields={"amount": sentence})
