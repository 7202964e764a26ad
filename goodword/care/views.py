from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from goodword.kit import clock, house, http
from goodword.kit.access import operator_required
from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.kit.pictures import serve
from goodword.orders import pages as orders
from goodword.orders import queries as lines
from goodword.orders.models import OrderLine
from goodword.people.access import MemberRequest, member_required, token_too

from . import actions, looking, pages, queries, words
from .forms import (
    AddressForm,
    AmountForm,
    AppealForm,
    BackForm,
    DecisionForm,
    InACase,
    OpenForm,
    StatementForm,
    VoteForm,
    WordsForm,
    why_kept,
)
from .models import Case
from .refusals import CaseMissing
from .states import Reason, Vote
from .uploads import evidence, let_in

Do = Callable[[Any, dict[str, Any]], Any]


@member_required
@require_GET
def mine(request: MemberRequest) -> HttpResponse:
    """My cases, and the panels that wait for my vote."""
    before = parse_id(request.GET.get("before", ""))
    found = queries.cases_of(request.user.id, before=before, limit=queries.PAGE + 1)
    context = {
        "cases": found[: queries.PAGE],
        "more": found[queries.PAGE - 1].id if len(found) > queries.PAGE else None,
        "duties": queries.duties(request.user.id),
        "words": words.STATES,
    }
    return http.page(request, "care/mine.html", context)


@operator_required
@require_GET
def desk(request: MemberRequest) -> HttpResponse:
    """What waits for the operator's decision."""
    context = {"cases": queries.to_decide(), "words": words.STATES}
    return http.page(request, "care/desk.html", context)


@member_required
@require_GET
def case(request: MemberRequest, id: UUID) -> HttpResponse:
    """A case, for its two sides, its jurors and the operators."""
    return case_page(request, id)


@member_required
@require_GET
def draw(request: MemberRequest, id: UUID) -> HttpResponse:
    """How the jurors of a case were drawn, or would be, for everybody who may see the case."""
    page = pages.case_page(request.user.id, id)
    return http.page(request, "care/draw.html", {"page": page, "panel": page.panel})


@token_too
@member_required
@require_safe
def picture(request: MemberRequest, id: UUID, variant: str) -> HttpResponseBase:
    """A picture of a case, if the viewer may see the case; otherwise the 404 of no file."""
    return serve(request, queries.picture(request.user.id, id), variant)


FORMS: Mapping[str, type[forms.Form]] = {
    "accept": AddressForm, "say_where": AddressForm, "refuse": WordsForm, "contest": WordsForm,
    "send_back": BackForm, "offer": AmountForm, "file": StatementForm, "appeal": AppealForm,
    "vote": VoteForm, "decide": DecisionForm,
}  # fmt: skip


def case_page(
    request: MemberRequest,
    id: UUID,
    *,
    verb: str = "",
    form: forms.Form | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    fresh = {name: kind(auto_id=f"{name}-%s") for name, kind in FORMS.items()}
    page = pages.case_page(request.user.id, id)
    shown = fresh | ({verb: form} if form else {})
    for one in shown.values():
        if isinstance(one, InACase):
            one.fit(page)
    context = {
        "page": page,
        "forms": shown,
        "error": error,
        "limit": house.rules(clock.now()).pictures_at_most,
    }
    return http.page(request, "care/case.html", context, status=status)


OTHERS_TOLD = gettext_lazy("Done. The other side is told by us.")
DONE = {
    "vote": gettext_lazy("Your vote counts. Nobody learns whose it is."),
    "decide": gettext_lazy("Decided. Both sides are told by us."),
}


def verb(name: str) -> Callable[[Do], Callable[..., HttpResponseBase]]:
    """A view that reads the verb's form, does it, and shows the case; a refusal says why there."""

    def declare(do: Do) -> Callable[..., HttpResponseBase]:
        @member_required
        @require_POST
        @wraps(do)
        def view(request: MemberRequest, id: UUID) -> HttpResponse:
            asks_where = name != "accept" or not queries.is_digital(id)
            kind = FORMS.get(name) if asks_where else None
            form = kind(request.POST, auto_id=f"{name}-%s") if kind else None
            if form is not None and not form.is_valid():
                return case_page(request, id, verb=name, form=form, status=422)
            try:
                do(request, {"case": id, "now": clock.now(), "form": form})
            except CaseMissing:
                raise
            except Refused as refusal:
                return refused(request, id, name, form, refusal)
            messages.success(request, str(DONE.get(name, OTHERS_TOLD)))
            return redirect("care:case", id)

        return view

    return declare


def refused(
    request: MemberRequest, id: UUID, name: str, form: forms.Form | None, refusal: Refused
) -> HttpResponse:
    mine = {
        field: sentence
        for field, sentence in refusal.fields.items()
        if form is not None and field in form.fields
    }
    for field, sentence in mine.items():
        assert form is not None
        form.add_error(field, sentence)
    error = "" if mine else str(refusal)
    return case_page(request, id, verb=name, form=form, error=error, status=refusal.status)


@verb("accept")
def accept(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    address = form.cleaned_data["address"] if form else ""  # of digital goods nothing is sent
    actions.accept(seller=request.user, address=address, **asked)


@verb("say_where")
def say_where(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    actions.say_where(seller=request.user, address=form.cleaned_data["address"], **asked)


@verb("refuse")
def refuse(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    actions.refuse(seller=request.user, words=form.cleaned_data["words"], **asked)


@verb("withdraw")
def withdraw(request: MemberRequest, asked: dict[str, Any]) -> None:
    asked.pop("form")
    actions.withdraw(buyer=request.user, **asked)


@verb("send_back")
def send_back(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    actions.send_back(buyer=request.user, **form.cleaned_data, **asked)


@verb("confirm_back")
def confirm_back(request: MemberRequest, asked: dict[str, Any]) -> None:
    asked.pop("form")
    actions.confirm_back(seller=request.user, **asked)


@verb("contest")
def contest(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    actions.contest(seller=request.user, words=form.cleaned_data["words"], **asked)


@verb("escalate")
def escalate(request: MemberRequest, asked: dict[str, Any]) -> None:
    asked.pop("form")
    actions.escalate(buyer=request.user, **asked)


@verb("offer")
def offer(request: MemberRequest, asked: dict[str, Any]) -> None:
    form, (case, _role) = asked.pop("form"), queries.case(request.user.id, asked["case"])
    actions.offer(member=request.user, amount=form.money(case.currency), **asked)


@verb("agree")
def agree(request: MemberRequest, asked: dict[str, Any]) -> None:
    asked.pop("form")
    actions.agree(member=request.user, minor=whole(request.POST.get("minor", "")), **asked)


@verb("file")
def file(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    actions.file(
        member=request.user, words=form.cleaned_data["words"],
        pictures=uploaded(request, asked["case"]), **asked,
    )  # fmt: skip


@verb("appeal")
def appeal(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    actions.appeal(
        member=request.user, new=form.cleaned_data["new"],
        pictures=uploaded(request, asked["case"]), **asked,
    )  # fmt: skip


@verb("vote")
def vote(request: MemberRequest, asked: dict[str, Any]) -> None:
    form = asked.pop("form")
    vote = Vote(form.cleaned_data["vote"])
    actions.vote(juror=request.user, vote=vote, stays=why_kept(form), **asked)


@operator_required
@verb("decide")
def decide(request: MemberRequest, asked: dict[str, Any]) -> None:
    form, (case, _role) = asked.pop("form"), queries.case(request.user.id, asked["case"])
    actions.decide(
        operator=request.user, amount=form.money(case.currency),
        words=form.cleaned_data["words"], is_fake=form.cleaned_data["is_fake"],
        stays=why_kept(form), **asked,
    )  # fmt: skip


@operator_required
@verb("advance")
def advance(request: MemberRequest, asked: dict[str, Any]) -> None:
    asked.pop("form")
    actions.advance(operator=request.user, **asked)


@member_required
@require_http_methods(["GET", "POST"])
def open_case(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's button: return it, or say that it never came."""
    now = clock.now()
    page = orders.order_page(request.user.id, lines.line(request.user.id, id).order_id, now=now)
    one = next(row for row in page.lines if row.line.id == id)
    known = queries.cases_about(page.order)
    reasons = looking.reasons(one.line, known, looking.cases_at_most(page.order), now)
    form = OpenForm(request.POST or None, reasons=reasons or list(Reason))
    error, status = "", 200
    if request.method == "POST":
        made, error, status = asked_for(request, one.line, form)
        if made is not None:
            messages.success(request, _("Asked for. We have told the seller."))
            return redirect("care:case", made.id)
    context = {
        "page": page, "line": one, "form": form, "error": error,
        "limit": house.rules(now).pictures_at_most,
    }  # fmt: skip
    return http.page(request, "care/open.html", context, status=status)


def asked_for(
    request: MemberRequest, line: OrderLine, form: OpenForm
) -> tuple[Case | None, str, int]:
    """The case that the form opened; or None, with why not, and the status."""
    if not form.is_valid():
        return None, "", 422
    try:
        made = actions.open_case(
            buyer=request.user, order=line.order_id, line=line.id,
            pictures=let_in(request.FILES.getlist("pictures")),
            reason=Reason(form.cleaned_data["reason"]), words=form.cleaned_data["words"],
            now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        if "words" not in refusal.fields:
            return None, str(refusal), refusal.status
        form.add_error("words", refusal.fields["words"])
        return None, "", refusal.status
    return made, "", 200


def whole(text: str) -> int:
    """A number as the page sends it; what is none is no offer either."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def uploaded(request: MemberRequest, case: UUID) -> list[dict[str, Any]]:
    return evidence(request.user.id, case, request.FILES.getlist("pictures"))
