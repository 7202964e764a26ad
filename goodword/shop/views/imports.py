import re
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.people.access import MemberRequest, member_required

from .. import actions, importing, queries
from ..forms import ApplyForm, currencies
from ..importing.previewing import FLAGGED, STAYS, too_long
from ..importing.saying import COLUMN_WORDS
from ..models import ImportRun, Shop
from ..states import BUSY_IMPORTS, IMPORT_WORDS, ImportState, RowOutcome
from .common import DONE, tried

FILTERS = {*RowOutcome, FLAGGED, STAYS}
PAGES = re.compile(r"[0-9]{1,6}")


@member_required
@require_http_methods(["GET", "POST"])
def start_import(request: MemberRequest) -> HttpResponse:
    """Choose the file of an old shop; a refused one comes back with its sentence."""
    shop = queries.my_shop(request.user.id)
    error, status = "", 200
    if request.method == "POST":
        try:
            run = read_file(request, shop)
            return redirect("shop:import_run", run)
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    context = {
        "shop": shop,
        "error": error,
        "name": request.POST.get("name", ""),
        "runs": queries.import_runs(request.user.id),
        "words": IMPORT_WORDS,
    }
    return http.page(request, "shop/import.html", context, status=status)


def read_file(request: MemberRequest, shop: Shop | None) -> UUID:
    now = clock.now()
    file = request.FILES.get("file")
    if file is None:
        raise importing.NoFile
    too_long(file.size or 0)
    data = file.read()
    if shop is None:
        importing.check(data, file.name or "")
        shop = actions.open_shop(owner=request.user, name=request.POST.get("name", ""), now=now)
    found = importing.preview(
        owner=request.user, shop=shop, data=data, file_name=file.name or "", now=now
    )
    return found.run


@member_required
@require_http_methods(["GET"])
def import_run(request: MemberRequest, id: UUID) -> HttpResponse:
    """What the file would do, row by row; how far it is; afterwards, what it did."""
    run = queries.import_run(request.user.id, id)
    if not http.is_htmx(request):
        return run_page(request, run)
    if run.state not in BUSY_IMPORTS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return http.page(
        request, "shop/_import_progress.html", {"run": run, "preview": importing.look(run)}
    )


def run_page(
    request: MemberRequest,
    run: ImportRun,
    form: ApplyForm | None = None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in FILTERS else ""
    number = request.GET.get("page", "1")
    rows = importing.rows(run, show=show, page=int(number) if PAGES.fullmatch(number) else 1)
    seen = importing.look(run)
    context = {
        "run": run,
        "preview": seen,
        "rows": rows,
        "show": show,
        "form": form or ApplyForm(currency=main_currency(seen)),
        "error": error,
        "currencies": [*dict.fromkeys((seen.currency, *currencies()))],
        "fields": COLUMN_WORDS,
        "undoing": importing.look_back(run) if run.state == ImportState.APPLIED else None,
        "wide": True,
    }
    return http.page(request, "shop/import_run.html", context, status=status)


@member_required
@require_POST
def apply_import(request: MemberRequest, id: UUID) -> HttpResponse:
    """Have the preview carried out, whole or not at all."""
    run = queries.import_run(request.user.id, id)
    form = ApplyForm(request.POST, currency=main_currency(importing.look(run)))
    status = tried(
        form,
        lambda: importing.start(
            owner=request.user, run=id, defaults=form.defaults(), now=clock.now()
        ),
    )
    if status != DONE:
        return run_page(request, run, form, status=status)
    return redirect("shop:import_run", id)


def main_currency(seen: importing.Preview) -> str:
    return seen.currencies[0] if seen.currencies else seen.currency


@member_required
@require_POST
def read_import(request: MemberRequest, id: UUID) -> HttpResponse:
    """Read the file anew: its prices in another currency, its columns with another meaning."""
    run = queries.import_run(request.user.id, id)
    named = [one["column"] for one in run.facts.get("columns", ())]
    columns = {name: request.POST.get(f"column_{at}", "") for at, name in enumerate(named)}
    try:
        importing.choose(
            owner=request.user, run=id, currency=request.POST.get("currency"),
            columns=columns if named and "column_0" in request.POST else None,
        )  # fmt: skip
    except Refused as refusal:
        return run_page(request, run, error=str(refusal), status=refusal.status)
    return redirect("shop:import_run", id)


@member_required
@require_POST
def fix_import(request: MemberRequest, id: UUID) -> HttpResponse:
    """Correct one cell of the file."""
    run = queries.import_run(request.user.id, id)
    row = request.POST.get("row", "")
    if not PAGES.fullmatch(row):
        return redirect("shop:import_run", id)
    try:
        importing.fix(
            owner=request.user, run=id, row=int(row), column=request.POST.get("column", ""),
            text=request.POST.get("text", ""),
        )  # fmt: skip
    except Refused as refusal:
        return run_page(request, run, error=str(refusal), status=refusal.status)
    item = request.GET.get("item", "")  # of which the cell is a part
    item = item if PAGES.fullmatch(item) else row
    if importing.is_read(run, int(item)):
        messages.success(request, _("Row %(n)s can be read now.") % {"n": item})
    # Back to where she was among the items, of which there may be thousands.
    here = urlencode({name: request.GET.get(name, "") for name in ("show", "page")})
    return redirect(f"{reverse('shop:import_run', args=[id])}?{here}#row-{item}")


@member_required
@require_POST
def undo_import(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take a whole import back; what was sold or changed since stays."""
    importing.start_undo(owner=request.user, run=id)
    return redirect("shop:import_run", id)


@member_required
@require_POST
def drop_import(request: MemberRequest, id: UUID) -> HttpResponse:
    """Give the import up."""
    importing.drop(owner=request.user, run=id, now=clock.now())
    messages.success(request, _("Nothing was imported."))
    return redirect("shop:import")


@member_required
@require_POST
def import_pictures(request: MemberRequest, id: UUID) -> HttpResponse:
    """Hang the uploaded pictures by their file names."""
    run = queries.import_run(request.user.id, id)
    files = [
        (file.name or "", file.file) for file in request.FILES.getlist("pictures") if file.file
    ]
    hung = importing.hang(owner=request.user, run=run, files=files, now=clock.now())
    for sentence in hung.sentences:
        messages.warning(request, sentence)
    if hung.pictures:
        said = ngettext(
            "%(n)s picture hangs in its listing now.",
            "%(n)s pictures hang in their listings now.",
            hung.pictures,
        )
        messages.success(request, said % {"n": hung.pictures})
    elif not hung.sentences:
        messages.info(request, _("All of these pictures hung there already."))
    return redirect("shop:import_run", id)
