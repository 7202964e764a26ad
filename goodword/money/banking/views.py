"""Pages of the bank: a member's payouts and details, and the operators' side of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, formats, http
from goodword.kit.errors import NotFound, Refused
from goodword.kit.ids import new_id, parse_id
from goodword.kit.money import Money, parse_amount
from goodword.people.access import MemberRequest, member_required, operator_required

from ..queries import SellerBalance, refund_files, seller_balance, waiting_refunds
from ..sharing import queries as sharing
from ..states import BANK
from ..views import order_url
from . import deposit, details, files, payouts, queries, reconciling, reports, statements
from .api import too_large
from .forms import (
    AskForm,
    DetailsForm,
    HouseAccountForm,
    LineForm,
    PaidForm,
    ReturnForm,
    known_currency,
)
from .naming import the_gateway

Does = Callable[..., HttpResponse]

PAGE = 30


def said_on(page: Callable[..., HttpResponse]) -> Callable[[Does], Does]:
    """A refusal is said on the page where it was asked; what is not there stays a 404."""

    def around(view: Does) -> Does:
        @wraps(view)
        def seen(request: MemberRequest, **values: Any) -> HttpResponse:
            try:
                return view(request, **values)
            except NotFound:
                raise
            except Refused as refused:
                return page(request, error=str(refused), status=refused.status)

        return seen

    return around


@member_required
@require_http_methods(["GET", "POST"])
def mine(request: MemberRequest) -> HttpResponse:
    """What can be paid out, and what became of what was; the POST asks for one."""
    currency = request.POST.get("currency", "")
    form = None
    if request.method == "POST":
        form = AskForm(request.POST, auto_id=f"{currency[:3]}-%s")
        if form.is_valid() and ask(request, form, currency):
            return redirect("money:payouts")
    return payouts_page(request, form=form, currency=currency)


def payouts_page(
    request: MemberRequest, *, form: AskForm | None = None, currency: str = "", error: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    viewer = request.user.id
    before = parse_id(request.GET.get("before", ""))
    rows = queries.payouts_of(viewer, before=before, limit=PAGE + 1)
    known = {one.currency: one for one in queries.details_of(viewer)}
    asks = [
        (
            line,
            known.get(line.currency),
            form if form and line.currency == currency else fresh(line, stays),
            stays,
        )
        for line in seller_balance(viewer)
        for stays in [queries.frozen_of(viewer, line)]
    ]
    context = {
        "asks": asks,
        "claims": queries.claims_of(viewer),
        "order_url": order_url,
        "details": list(known.values()),
        "elsewhere": sharing.elsewhere(viewer),
        "rows": rows[:PAGE],
        "more": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "key": str(new_id()),
        "error": error,
    }
    return http.page(request, "money/payouts.html", context, status=422 if form else status)


def fresh(line: SellerBalance, stays: Money) -> AskForm:
    rest = line.available - stays
    typed = f"{rest.amount:f}" if rest.minor > 0 else ""
    return AskForm(initial={"amount": typed, "key": str(new_id())}, auto_id=f"{line.currency}-%s")


def ask(request: MemberRequest, form: AskForm, currency: str) -> bool:
    try:
        payout = payouts.ask_payout(
            seller=request.user.id, currency=known_currency(currency),
            amount=form.money(currency), key=form.cleaned_data["key"], now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error("amount", str(refused))
        return False
    messages.success(
        request,
        _("%(sum)s are set aside for your bank.") % {"sum": formats.money(payout.money)},
    )
    return True


@member_required
@require_POST
@said_on(payouts_page)
def top_up(request: MemberRequest) -> HttpResponse:
    """Put a part of my balance into my deposit."""
    amount, key = typed(request)
    deposit.top_up(seller=request.user.id, amount=amount, key=key, now=clock.now())
    messages.success(request, _("It is in your deposit."))
    return redirect("money:payouts")


@member_required
@require_POST
@said_on(payouts_page)
def take_out(request: MemberRequest) -> HttpResponse:
    """Take a part of my deposit back."""
    amount, key = typed(request)
    deposit.take_out(seller=request.user.id, amount=amount, key=key, now=clock.now())
    messages.success(request, _("It is on your balance again."))
    return redirect("money:payouts")


def typed(request: MemberRequest) -> tuple[Money, str]:
    """An amount and its key, as a form of the deposit sends them. Raises Invalid."""
    currency = known_currency(request.POST.get("currency", ""))
    key = request.POST.get("key", "")[:60] or str(new_id())
    return parse_amount(request.POST.get("amount", ""), currency), key


@member_required
@require_POST
@said_on(payouts_page)
def cancel(request: MemberRequest, payout: UUID) -> HttpResponse:
    """Take a payout back before it is sent."""
    payouts.cancel_payout(viewer=request.user.id, payout=payout, now=clock.now())
    messages.success(request, _("It is on your balance again."))
    return redirect("money:payouts")


@member_required
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "POST"])
def bank_details(request: MemberRequest) -> HttpResponse:
    """Which account at a bank is mine. The POST, proved once more, keeps it."""
    form = DetailsForm(request.POST or None, initial=guessed(request))
    if request.method == "POST" and form.is_valid():
        try:
            currency = known_currency(form.cleaned_data["currency"])
            details.keep_details(
                member=request.user.id, currency=currency, details=form.details(), now=clock.now()
            )
            messages.success(request, _("Kept. Your next payout goes there."))
            return redirect("money:payouts")
        except Refused as refused:
            show(form, refused)
    status = 422 if form.errors else 200
    return http.page(request, "money/bank_details.html", {"form": form}, status=status)


def guessed(request: MemberRequest) -> dict[str, str]:
    currency = request.GET.get("currency", "")[:3].upper()
    return {"currency": currency, "kind": "card" if currency == "CNY" else "iban"}


def show(form: DetailsForm | HouseAccountForm | PaidForm | ReturnForm, refused: Refused) -> None:
    for name, sentence in (refused.fields or {"__all__": str(refused)}).items():
        form.add_error(name if name in form.fields else None, sentence)


@member_required
@require_POST
def drop_details(request: MemberRequest) -> HttpResponse:
    """Forget my account at a bank."""
    currency = request.POST.get("currency", "")
    details.drop_details(member=request.user.id, currency=currency, now=clock.now())
    messages.success(request, _("Forgotten."))
    return redirect("money:payouts")


@operator_required
@require_GET
def reconciliation(request: MemberRequest) -> HttpResponse:
    """The books against gateways, bank, holds and payouts."""
    checks = reconciling.look(clock.now())
    count = sum(len(check.differences) for check in checks)
    asked = [(the_gateway(name), at) for name, at in reports.latest()]
    context = {"checks": checks, "count": count, "reports": asked}
    return http.page(request, "money/reconciliation.html", context)


@operator_required
@require_POST
def ask_reports(request: MemberRequest) -> HttpResponse:
    """Have the gateways elsewhere asked for their own accounts now."""
    reports.ask_all()
    messages.success(request, _("They are asked. Look here again in a minute."))
    return redirect("money:reconciliation")


@operator_required
@require_GET
def bank(request: MemberRequest) -> HttpResponse:
    """The house's accounts, what has to be sent, and what the bank says that nobody understands."""
    return bank_page(request)


def bank_page(
    request: MemberRequest, *, form: HouseAccountForm | None = None, error: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "accounts": queries.house_accounts(),
        "waiting": queries.waiting_payouts(),
        "payouts": [
            (one, PaidForm(auto_id=f"{one.id}-p-%s"), ReturnForm(auto_id=f"{one.id}-r-%s"))
            for one in queries.open_payouts()
        ],
        "files": queries.payout_files(),
        "refunds": waiting_refunds(),
        "refund_files": refund_files(),
        "lines": [(line, LineForm(auto_id=f"{line.id}-%s")) for line in queries.open_lines()],
        "stands": queries.latest_statements(),
        "form": form or HouseAccountForm(auto_id="house-%s"),
        "error": error,
    }
    return http.page(request, "money/bank.html", context, status=status)


def say_kept(request: MemberRequest) -> None:
    if BANK in settings.PAYING.offered:
        messages.success(request, _("Kept. Buyers pay there from now on."))
    else:
        messages.warning(
            request,
            _("Kept. But this house offers no bank transfer: name bank in GOODWORD_PAY_WITH."),
        )


@operator_required
@reauthentication_required
@require_POST
def house_account(request: MemberRequest) -> HttpResponse:
    """Say which account is the house's: whoever could change it unseen would be paid instead."""
    form = HouseAccountForm(request.POST, auto_id="house-%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            given["currency"] = known_currency(given["currency"])
            files.keep_house_account(operator=request.user.id, now=clock.now(), **given)
            say_kept(request)
            return redirect("money:bank")
        except Refused as refused:
            show(form, refused)
    return bank_page(request, form=form, status=422)


@operator_required
@require_POST
@said_on(bank_page)
def make_file(request: MemberRequest) -> HttpResponse:
    """Put what waits into a bank file."""
    currency = request.POST.get("currency", "")
    file = files.make_file(operator=request.user.id, currency=currency, now=clock.now())
    messages.success(
        request,
        ngettext(
            "The bank file holds %(num)s payout. Give it to the bank.",
            "The bank file holds %(num)s payouts. Give it to the bank.",
            file.count,
        ) % {"num": file.count},
    )  # fmt: skip
    return redirect("money:bank")


@operator_required
@require_GET
def bank_file(request: MemberRequest, file: UUID) -> HttpResponse:  # noqa: ARG001
    """The bank file itself."""
    name, data = files.file_bytes(file)
    return HttpResponse(
        data, content_type="application/xml",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store",
        },
    )  # fmt: skip


@operator_required
@require_POST
def statement(request: MemberRequest) -> HttpResponse:
    """Take in what the bank says."""
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Refused(_("Choose the bank’s file first."))
        too_large(upload.size)
        found = statements.import_statement(
            data=upload.read(), operator=request.user.id, now=clock.now()
        )
    except Refused as refused:
        return bank_page(request, error=str(refused), status=refused.status)
    messages.success(
        request,
        _("Lines that are new: %(new)s, known already: %(known)s, to explain: %(open)s.")
        % {"new": found.new, "known": found.known, "open": found.open},
    )
    return redirect("money:bank")


@operator_required
@require_POST
@said_on(bank_page)
def paid(request: MemberRequest, payout: UUID) -> HttpResponse:
    """The operator has sent a payout without a bank file."""
    payouts.confirm_payout(
        payout=payout, operator=request.user.id, reference=request.POST.get("reference", ""),
        now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("It is written down as paid, and the member is told."))
    return redirect("money:bank")


@operator_required
@require_POST
@said_on(bank_page)
def returned(request: MemberRequest, payout: UUID) -> HttpResponse:
    """A payout was refused, or came back."""
    payouts.return_payout(
        payout=payout, operator=request.user.id, reason=request.POST.get("reason", ""),
        now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("It is on the member’s balance again, and the member is told."))
    return redirect("money:bank")


@operator_required
@require_POST
@said_on(bank_page)
def explain(request: MemberRequest, line: UUID) -> HttpResponse:
    """Say what a line of a statement is."""
    form = LineForm(request.POST)
    if not form.is_valid():
        return bank_page(request, error=_("Choose what this line is."), status=422)
    taken, gateway = form.meaning()
    statements.explain_line(
        line=line, taken=taken, gateway=gateway, operator=request.user.id, now=clock.now()
    )
    return redirect("money:bank")
