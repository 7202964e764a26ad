"""The files of a paper: made once for each language, kept beside the pictures, never changed."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.kit import blobs
from goodword.kit.errors import NotFound, Refused

from .models import IssuedPaper, PaperFile
from .shapes import Paper, bill

LANGUAGES = ("en", "zh-hans")
SHOWN = 16  # letters of the digest in the address that a paper carries


class PaperMissing(NotFound):
    """No such paper, or not for the viewer."""

    def __init__(self) -> None:
        super().__init__(_("There is no such paper."))


class HalfAnAddress(Refused):
    """The code was not read to its end."""

    def __init__(self) -> None:
        super().__init__(_("The address is not whole. Scan the code of the paper once more."))


def make(*, paper: UUID, now: datetime) -> None:
    """The PDF in each language that it is not there in yet; a second time changes nothing."""
    row = IssuedPaper.objects.select_related("of").get(id=paper)
    there = set(PaperFile.objects.filter(paper=row).values_list("language", flat=True))
    for language in LANGUAGES:
        if language not in there:
            _keep(row, language, now)


def file_of(row: IssuedPaper, language: str, now: datetime) -> tuple[PaperFile, bytes]:
    """The file and its bytes; made here when its job has not come to it yet."""
    language = "zh-hans" if language.startswith("zh") else "en"
    found = PaperFile.objects.filter(paper=row, language=language).first()
    if found is None:
        found = _keep(row, language, now)
    with blobs.store().open(found.key) as file:
        return found, file.read()


def link(row: IssuedPaper) -> str:
    """Where anyone who holds the paper sees whether it is genuine."""
    path = reverse("money:verify_paper", args=[row.id])
    return f"{settings.CONFIG.public_url}{path}?d={row.digest[:SHOWN]}"


def shape(row: IssuedPaper) -> Paper:
    return Paper(
        number=row.reference,
        kind=row.kind,
        issued_at=row.issued_at,
        bill=bill(row.content),
        digest=row.digest,
        of=row.of.reference if row.of else "",
        of_date=row.of.issued_at if row.of else None,
    )


def _keep(row: IssuedPaper, language: str, now: datetime) -> PaperFile:
    from .paper import printed  # typst and factur-x: no web process holds them for nothing

    data = printed(shape(row), language=language, link=link(row)).pdf
    key = blobs.store().put(data, suffix=".pdf")
    with transaction.atomic():
        # Two may print at once; what came first stays, the other file is swept away.
        PaperFile.objects.bulk_create(
            [
                PaperFile(
                    paper=row, seller_id=row.seller_id, language=language, key=key, made_at=now,
                    sha256=hashlib.sha256(data).hexdigest(),
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        return PaperFile.objects.get(paper=row, language=language)
