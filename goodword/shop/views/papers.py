from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.kit import clock, http
from goodword.kit.access import operator_required
from goodword.people.access import MemberRequest, member_required

from .. import actions, queries
from .. import papers as paper_reads
from ..forms import EvidenceForm, PaperAudienceForm
from .common import DONE, tried
from .listings import part_again


@member_required
@require_POST
def add_evidence(request: MemberRequest, id: UUID) -> HttpResponse:
    """Attach a paper: a picture, or a PDF page by page."""
    queries.my_listing(request.user.id, id)
    form = EvidenceForm(request.POST, request.FILES)

    def attach() -> None:
        said = form.cleaned_data
        actions.check_papers(listing=id)
        actions.add_papers(
            seller=request.user, listing=id, kind=said["kind"], audience=said["audience"],
            pages=paper_reads.drawn(said["picture"], said["alt"]), now=clock.now(),
        )  # fmt: skip

    status = tried(form, attach)
    if status != DONE:
        return part_again(request, id, status=status, papers=form)
    messages.success(request, _("Saved."))
    return redirect(evidence_of(id))


@member_required
@require_POST
def show_paper_to(request: MemberRequest, id: UUID) -> HttpResponse:
    """Change who may see a paper of mine."""
    paper = queries.my_evidence(request.user.id, id)
    form = PaperAudienceForm(request.POST)
    status = tried(
        form,
        lambda: actions.show_paper_to(
            seller=request.user, evidence=id, audience=form.cleaned_data["audience"],
            now=clock.now(),
        ),
    )  # fmt: skip
    if status == DONE:
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose who may see it."))
    return redirect(evidence_of(paper.listing_id))


@member_required
@require_POST
def remove_evidence(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take a paper away."""
    paper = queries.my_evidence(request.user.id, id)
    actions.remove_evidence(seller=request.user, evidence=id, now=clock.now())
    return redirect(evidence_of(paper.listing_id))


def evidence_of(listing: UUID) -> str:
    return reverse("shop:edit", args=[listing]) + "#evidence"


@operator_required
@require_GET
def papers(request: MemberRequest) -> HttpResponse:
    """What sellers show to the house alone."""
    found = paper_reads.for_operators()
    context = {"unseen": [one for one in found if not one.looked_at],
               "seen": [one for one in found if one.looked_at]}  # fmt: skip
    return http.page(request, "shop/papers.html", context)


@operator_required
@require_POST
def look_at_paper(request: MemberRequest, id: UUID) -> HttpResponse:
    """An operator looked at it."""
    actions.look_at_paper(operator=request.user, evidence=id, now=clock.now())
    return redirect("shop:papers")
