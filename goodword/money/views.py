"""Pages of money: mine, the house's books, and the sandbox's stand-in for a bank."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, formats, house, http
from goodword.kit.errors import Invalid, NotFound
from goodword.kit.ids import parse_id
from goodword.kit.money import Money, parse_amount
from goodword.people.access import MemberRequest, member_required, operator_required

from . import actions, months, queries
from . import fees as table
from .banking.forms import known_currency
from .forms import ByHandForm
from .gateways.sandbox import Sandbox
from .rules import Band
from .states import NATURE_WORDS

PAGE = 30


@member_required
@require_GET
def mine(request: MemberRequest) -> HttpResponse:
    """What the house owes me as a seller, and the money of my sales or purchases."""
    viewer = request.user.id
    balances = queries.seller_balance(viewer)
    bought = request.GET.get("show", "sold" if balances else "bought") == "bought"
    before = parse_id(request.GET.get("before", ""))
    find = queries.purchases if bought else queries.sales
    rows = find(viewer, before=before, limit=PAGE + 1)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "balances": balances,
        "bought": bought,
        "rows": rows[:PAGE],
        "more": last and (last.id if isinstance(last, queries.PaymentView) else last.order),
        "order_url": order_url,
    }
    return http.page(request, "money/mine.html", context)


@member_required
@require_GET
def statements(request: MemberRequest) -> HttpResponse:
    """My months: what each brought and took, and a table of it to keep."""
    names = months.months(request.user.id, clock.now())
    chosen = request.GET.get("month") or (names[0] if names else "")
    said = months.statement(request.user.id, chosen) if chosen else None
    return http.page(request, "money/statements.html", {"months": names, "said": said})


@member_required
@require_GET
def statement_table(request: MemberRequest, month: str) -> HttpResponse:
    """A month of mine as a table for spreadsheets."""
    return csv_file(month, months.table(months.statement(request.user.id, month)))


def csv_file(month: str, data: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="goodword-{month}.csv"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)


@member_required
@require_http_methods(["GET", "POST"])
def fees(request: MemberRequest) -> HttpResponse:
    """The table of fees, for everybody to read; an operator's POST writes it anew."""
    now, error = clock.now(), ""
    if request.method == "POST":
        if not request.user.is_operator:
            raise NotFound(_("There is nothing here, or it is not meant for you."))
        try:
            table.write_table(operator=request.user.id, bands=typed_bands(request), now=now)
            messages.success(request, _("Kept. It holds for orders placed from now on."))
            return redirect("money:fees")
        except Invalid as refused:
            error = str(refused)
    words = [BandWords.of(band) for band in table.in_force(now)]
    rows = [(one.currency, one.above, one.percent, one.fixed) for one in words]
    if error:
        rows = [*zip(*(request.POST.getlist(name) for name in BAND), strict=False)]
    context = {
        "bands": words, "percent": house.rules(now).fee_percent, "error": error,
        "rows": [*rows, *[("", "", "", "")] * 3][: table.MOST],
    }  # fmt: skip
    return http.page(request, "money/fees.html", context, status=422 if error else 200)


BAND = ("currency", "above", "percent", "fixed")


def typed_bands(request: MemberRequest) -> list[Band]:
    """The lines of the form that are filled in. Raises Invalid."""
    found = []
    for texts in zip(*(request.POST.getlist(name) for name in BAND), strict=False):
        currency, above, percent, fixed = (text.strip() for text in texts)
        if not any((currency, above, percent, fixed)):
            continue
        code = known_currency(currency) if currency else ""
        plain = code or "CNY"
        found.append(
            Band(
                code,
                parse_amount(above or "0", plain).minor,
                parse_amount(percent or "0", "CNY").minor,  # two digits, as a percentage has here
                parse_amount(fixed or "0", plain).minor,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class BandWords:
    """A line of the table as it is read and typed."""

    currency: str
    above: str
    percent: str
    fixed: str
    above_words: str
    fixed_words: str

    @classmethod
    def of(cls, band: Band) -> "BandWords":
        above, fixed = (Money(minor, band.currency or "CNY") for minor in (band.above, band.fixed))
        words = [formats.money(one) if band.currency and one else "–" for one in (above, fixed)]
        return cls(
            band.currency, f"{above.amount:f}", f"{band.basis_points / 100:g}", f"{fixed.amount:f}",
            *words,
        )  # fmt: skip


@operator_required
@require_GET
def books(request: MemberRequest) -> HttpResponse:
    """The whole ledger in two tables: both sides by currency, and what stands where."""
    return books_page(request)


def books_page(
    request: MemberRequest, *, refund: UUID | None = None, form: ByHandForm | None = None
) -> HttpResponse:
    """With `form`, what was wrong with it stands beside that refund."""
    stuck = [
        (one, form if one.id == refund else ByHandForm(auto_id=f"{one.id}-%s"))
        for one in queries.stuck_refunds()
    ]
    context = {
        "totals": queries.trial_balance(),
        "lines": queries.books(),
        "drift": len(queries.drift()),
        "stuck": stuck,
        "nature_words": NATURE_WORDS,
    }
    return http.page(request, "money/books.html", context, status=422 if form else 200)


@operator_required
@require_POST
def retry_refund(request: MemberRequest, refund: UUID) -> HttpResponse:
    """Have the gateway asked once more to send a refund that it could not send."""
    actions.retry_refund(refund=refund, operator=request.user.id, now=clock.now())
    messages.success(request, _("The gateway is asked again. This page says how it went."))
    return redirect("money:books")


@operator_required
@require_POST
def pay_refund_by_hand(request: MemberRequest, refund: UUID) -> HttpResponse:
    """Note that the operator has paid a refund herself."""
    form = ByHandForm(request.POST, auto_id=f"{refund}-%s")
    if not form.is_valid():
        return books_page(request, refund=refund, form=form)
    actions.pay_refund_by_hand(
        refund=refund, operator=request.user.id, now=clock.now(),
        reference=form.cleaned_data["reference"],
    )  # fmt: skip
    messages.success(request, _("It is written down as paid, and the buyer is told."))
    return redirect("money:books")


@member_required
@require_GET
def sandbox_cards(request: MemberRequest) -> HttpResponse:
    """Every card of the sandbox, with what it does."""
    context = {"methods": queries.methods("sandbox"), "custodian": queries.custodian("sandbox")}
    return http.page(request, "money/cards.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def sandbox(request: MemberRequest, payment: UUID) -> HttpResponse:
    """What a bank would show: the payer confirms, or does not."""
    shown = queries.payment_of(request.user.id, payment)
    if request.method == "GET" and shown.next_url:
        return http.page(request, "money/sandbox.html", {"payment": shown})
    if request.method == "POST":
        Sandbox().confirm(str(payment), approve=request.POST.get("decision") == "confirm")
    return redirect(shown.return_url or order_url(shown.order) or "money:mine")


@member_required
@require_GET
def transfer(request: MemberRequest, payment: UUID) -> HttpResponse:
    """What the payer has to tell her bank; once it has come, the order has more to say."""
    shown = queries.transfer_of(request.user.id, payment)
    if shown is None:
        paid = queries.payment_of(request.user.id, payment)
        return redirect(paid.return_url or order_url(paid.order) or "money:mine")
    context = {"transfer": shown, "custodian": queries.custodian(shown.gateway)}
    return http.page(request, "money/transfer.html", context)


@member_required
@require_GET
def code(request: MemberRequest, payment: UUID) -> HttpResponse:
    """A code that the payer scans with the app of the company she pays through."""
    paid = queries.payment_of(request.user.id, payment)
    shown = queries.code_of(request.user.id, payment)
    if shown is None:
        return redirect(paid.return_url or order_url(paid.order) or "money:mine")
    custodian = queries.custodian(paid.gateway)
    return http.page(request, "money/code.html", {"code": shown, "custodian": custodian})


@operator_required
@require_POST
def refund_file(request: MemberRequest) -> HttpResponse:
    """Put the refunds by transfer that wait into a bank file, and hand it over."""
    file = actions.make_refund_file(
        operator=request.user.id, currency=request.POST.get("currency", ""), now=clock.now()
    )
    return redirect("money:refund_file_bytes", file)


@operator_required
@require_GET
def refund_file_bytes(request: MemberRequest, file: UUID) -> HttpResponse:  # noqa: ARG001
    """That file itself."""
    return xml_file(*actions.refund_file_bytes(file))


@operator_required
@require_POST
def assign_line(request: MemberRequest, line: UUID) -> HttpResponse:
    """Say whose payment a line of a statement is."""
    actions.assign_line(
        line=line, reference=request.POST.get("reference", ""), operator=request.user.id,
        now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("The payment has its money. What was too much goes back."))
    return redirect("money:bank")


def xml_file(name: str, data: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/xml", headers=headers)


@csrf_exempt
@require_POST
def callback(request: HttpRequest, gateway: str) -> HttpResponse:
    """A gateway tells us something. Its signature is the proof."""
    actions.receive_callback(
        gateway=gateway, body=request.body, headers=request.headers, now=clock.now()
    )
    receipt = queries.receipt(gateway)
    return HttpResponse(receipt, content_type="text/plain", status=200 if receipt else 204)


def order_url(order: UUID) -> str:
    """The page of an order, if the floors above have one."""
    try:
        return reverse("orders:order", args=[order])
    except NoReverseMatch:
        return ""
