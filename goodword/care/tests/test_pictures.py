"""Pictures of a case: who may see them when, that nobody else may send any, and who takes them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodword.care import actions, exports, queries
from goodword.care.models import Case, CasePicture
from goodword.care.refusals import CaseMissing
from goodword.care.states import Reason
from goodword.kit import blobs, clock
from goodword.kit.pictures import save_picture
from goodword.orders.models import OrderLine
from goodword.orders.tests.town import DAY, NOW, let_time_pass, shipped
from goodword.shop.tests.town import jpeg

from .test_cases import opened

pytestmark = pytest.mark.django_db


def test_neither_side_sees_the_others_pictures_before_its_own_are_shown(lin, wang, cup):
    order = shipped(wang, lin, cup)
    case = opened(wang, order, Reason.NOT_ARRIVED)
    let_time_pass(NOW + 3 * DAY)
    actions.file(
        member=lin,
        case=case.id,
        words="Here it lies.",
        pictures=[save_picture(jpeg())],
        now=NOW + 3 * DAY,
    )
    shown = CasePicture.objects.get()
    assert queries.picture(lin.id, shown.id) == shown
    with pytest.raises(CaseMissing):
        queries.picture(wang.id, shown.id)
    actions.file(member=wang, case=case.id, words="Not here.", now=NOW + 3 * DAY)
    assert queries.picture(wang.id, shown.id) == shown


def test_an_archive_holds_every_case_with_the_pictures_that_its_owner_has_shown(
    lin, wang, cup, monkeypatch
):
    monkeypatch.setattr(queries, "PAGE", 1)
    for _time in range(2):
        order = shipped(wang, lin, cup)
        line = OrderLine.objects.get(order=order)
        actions.open_case(
            buyer=wang, order=order.id, line=line.id, reason=Reason.DAMAGED, words="Broken.",
            pictures=[save_picture(jpeg())], now=NOW,
        )  # fmt: skip
    client = Client()
    client.force_login(wang)
    (last,) = Case.objects.order_by("-id")[:1]
    assert f"/cases?before={last.id}" in client.get("/cases").text
    assert "before" not in client.get(f"/cases?before={last.id}").text
    told = list(exports.cases(wang.id, NOW))
    kept = list(exports.pictures(wang.id, NOW))
    assert [one.name for one in kept] == [file for one in reversed(told) for file in one["files"]]
    assert len(kept) == 2
    for one in kept:
        with blobs.store().open(one.key) as file:
            assert file.read(4) == b"RIFF"
    assert [one["files"] for one in exports.cases(lin.id, NOW)] == [[], []]
    assert list(exports.pictures(lin.id, NOW)) == []


def test_files_of_whoever_is_no_side_are_not_even_kept(lin, wang, stranger, cup):
    case = opened(wang, shipped(wang, lin, cup), Reason.NOT_ARRIVED)
    let_time_pass(NOW + 3 * DAY)
    before = files()
    client = Client()
    client.force_login(stranger)
    with clock.at(NOW + 3 * DAY):
        answer = client.post(
            f"/cases/{case.id}/statement",
            {"words": "Me too.", "pictures": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")},
        )
    assert answer.status_code == 404
    assert files() == before


def files():
    return sum(path.is_file() for path in blobs.store().root.rglob("*"))
