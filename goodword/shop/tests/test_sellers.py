"""Who sells: declared, or checked by an operator, and it stands wherever something is offered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goodword.journal.models import Entry
from goodword.kit import blobs, desk
from goodword.kit.errors import TooMany
from goodword.notices.models import Notice
from goodword.people.actions import issue_token
from goodword.people.models import Member
from goodword.shop import actions, queries
from goodword.shop.models import Declaration, DeclarationPage
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers import queries as sellings
from goodword.shop.sellers.refusals import (
    AlreadyAsked,
    AlreadyDecided,
    DeclarationMissing,
    NoPapers,
    NoReason,
    OwnPapers,
)
from goodword.shop.sellers.states import Scheme

from .town import DAY, NOW, jpeg, listing, open_shop, person, picture

pytestmark = pytest.mark.django_db
NUMBER = "91110000600037341L"


@pytest.fixture
def mei():
    return person("mei")


@pytest.fixture
def olga():
    member = person("olga")
    Member.objects.filter(id=member.id).update(is_operator=True)
    return Member.objects.get(id=member.id)


def ask(seller, number=NUMBER, scheme=Scheme.USCC, **changes):
    values = {"name": "Mei Tea Ltd", "pages": [picture(), picture("red")], "now": NOW, **changes}
    return sellers.ask_registration(owner=seller, scheme=scheme, number=number, **values)


def phrases(viewer, seller, cup):
    """What stands on card, listing, shop and in the API's forms of them."""
    _token, secret = issue_token(owner=viewer, name="t", now=NOW)
    head, client = {"Authorization": f"Bearer {secret}"}, Client()
    client.force_login(viewer)
    shop = queries.my_shop(seller.id)
    pages = [client.get(path) for path in ("/market", f"/listings/{cup.id}", f"/shops/{shop.id}")]
    forms = [
        client.get("/api/v1/market", headers=head).json()["listings"][0],
        client.get(f"/api/v1/listings/{cup.id}", headers=head).json()["shop"],
        client.get(f"/api/v1/shops/{shop.id}", headers=head).json(),
    ]
    return [page.content.decode() for page in pages], forms


def test_nobody_accepts_her_own_papers(mei, olga):
    open_shop(olga)
    asked = ask(olga)
    with pytest.raises(OwnPapers):
        sellers.accept(operator=olga, declaration=asked.id, now=NOW)
    assert queries.my_shop(olga.id).level == "none"
    sellers.accept(operator=mei, declaration=asked.id, now=NOW)
    assert queries.my_shop(olga.id).level == "registered"


def test_the_level_stands_on_card_listing_shop_and_in_the_api(mei, olga):
    open_shop(mei)
    cup, wei = listing(mei), person("wei")
    steps = [
        ("none", "Not declared yet", lambda: None),
        ("individual", "Private person", lambda: sellers.declare_individual(owner=mei, now=NOW)),
        (
            "registered",
            "Registered business, checked on",
            lambda: sellers.accept(operator=olga, declaration=ask(mei).id, now=NOW),
        ),
    ]
    for level, phrase, act in steps:
        act()
        pages, forms = phrases(wei, mei, cup)
        assert all(phrase in page for page in pages)
        assert [form["level"] for form in forms] == [level] * 3
        assert all(form["level_phrase"].startswith(phrase) for form in forms)
        assert all((NUMBER in page) == (level == "registered") for page in pages[1:])
        wei = person(f"wei{level}")
    assert queries.shop(wei.id, cup.shop_id).business == "Mei Tea Ltd"


def test_a_person_declares_at_once_and_keeps_it_in_another_shop(mei):
    first = open_shop(mei)
    made = sellers.declare_individual(owner=mei, now=NOW)
    assert sellers.declare_individual(owner=mei, now=NOW + DAY).id == made.id
    actions.close_shop(owner=mei, now=NOW)
    first.refresh_from_db()
    assert actions.end_closing(shop=first, open_orders=0, now=NOW + 8 * DAY)
    again = open_shop(mei, name="Anew", now=NOW + 9 * DAY)
    assert (again.level, again.level_at) == ("individual", NOW)


def test_accepting_and_withdrawing_are_told_and_written_down(mei, olga):
    open_shop(mei)
    sellers.declare_individual(owner=mei, now=NOW)
    asked = ask(mei)
    assert queries.my_shop(mei.id).level == "individual"  # nothing changes before it is decided
    with pytest.raises(AlreadyAsked):
        ask(mei)
    sellers.accept(operator=olga, declaration=asked.id, now=NOW)
    with pytest.raises(AlreadyDecided):
        sellers.refuse(operator=olga, declaration=asked.id, reason="Late.", now=NOW)
    with pytest.raises(NoReason):
        sellers.withdraw(operator=olga, declaration=asked.id, reason="  ", now=NOW)
    sellers.withdraw(operator=olga, declaration=asked.id, reason="The licence ended.", now=NOW)
    assert queries.my_shop(mei.id).level == "none"
    found = sellings.who_sells(mei.id, now=NOW)
    assert (found.refused.state, found.refused.reason) == ("withdrawn", "The licence ended.")
    told = Notice.objects.filter(owner=mei.id).order_by("at", "id").values_list("kind", flat=True)
    assert list(told) == ["shop.registration_accepted", "shop.registration_withdrawn"]
    deeds = Entry.objects.filter(owner=mei.id, verb__contains="registration", actor=olga.id)
    assert deeds.count() == 2


def test_a_refusal_deletes_the_papers_and_a_new_request_can_follow(mei, olga, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    asked = ask(mei)
    keys = list(DeclarationPage.objects.values_list("key", flat=True))
    assert len(keys) == 2
    with pytest.raises(DeclarationMissing):
        sellers.take_back(owner=person("wei"), declaration=asked.id, now=NOW)
    sellers.refuse(operator=olga, declaration=asked.id, reason="It cannot be read.", now=NOW)
    assert not DeclarationPage.objects.exists()
    assert sellings.who_sells(mei.id, now=NOW).refused.reason == "It cannot be read."
    again = ask(mei, pages=[picture()], now=NOW + DAY)
    assert sellings.who_sells(mei.id, now=NOW).refused is None
    sellers.take_back(owner=mei, declaration=again.id, now=NOW + DAY)
    assert not DeclarationPage.objects.exists()
    with pytest.raises(NoPapers):
        ask(mei, pages=[])


def test_a_newer_registration_takes_the_place_of_the_older_and_its_papers(mei, olga):
    open_shop(mei)
    person_s = sellers.declare_individual(owner=mei, now=NOW)
    with pytest.raises(AlreadyDecided):
        sellers.withdraw(operator=olga, declaration=person_s.id, reason="No.", now=NOW)
    for name in ("Mei Tea", "Mei Porcelain"):
        asked = ask(mei, name=name)
        sellers.accept(operator=olga, declaration=asked.id, now=NOW)
    assert sellings.who_sells(mei.id, now=NOW).holds.name == "Mei Porcelain"
    assert {page.declaration_id for page in DeclarationPage.objects.all()} == {asked.id}
    states = dict(Declaration.objects.values_list("id", "state"))
    assert sorted(states.values()) == ["in_force", "taken_back", "taken_back"]
    assert states[asked.id] == "in_force"


def test_drawing_papers_is_for_so_many_tries_a_day(mei):
    asked = {"owner": mei, "scheme": Scheme.USCC, "name": "Mei", "number": NUMBER, "now": NOW}
    for _try in range(sellers.A_DAY):
        sellers.check_request(**asked)
    with pytest.raises(TooMany):
        sellers.check_request(**asked)


def test_whoever_was_turned_down_need_not_write_it_all_again(mei, olga):
    open_shop(mei)
    client = Client()
    client.force_login(mei)
    page = reverse("shop:seller")
    assert f'value="{NUMBER}"' not in client.get(page).content.decode()
    asked = ask(mei)
    sellers.refuse(operator=olga, declaration=asked.id, reason="It is blurred.", now=NOW)
    shown = client.get(page).content.decode()
    assert f'value="{asked.number}"' in shown
    assert f'value="{asked.name}"' in shown
    assert f'<option value="{asked.scheme}" selected' in shown


@pytest.mark.django_db(transaction=True)
def test_files_of_refused_papers_leave_the_disk(mei, olga, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    asked = ask(mei)
    files = list(tmp_path.rglob("*.webp"))
    sellers.refuse(operator=olga, declaration=asked.id, reason="No.", now=NOW)
    assert files
    assert not list(tmp_path.rglob("*.webp"))
    assert blobs.store().root == tmp_path


def test_papers_are_for_operators_alone_and_nobody_else_can_tell(mei, olga):
    asked = ask(mei)
    page = DeclarationPage.objects.filter(declaration=asked).first()
    path = reverse("shop:paper", args=[page.id, "large"])
    missing = reverse("shop:paper", args=[asked.id, "large"])
    friend, answers = person("friend"), []
    for viewer in (mei, friend):
        client = Client()
        client.force_login(viewer)
        answers += [client.get(path), client.get(missing), client.get("/desk/sellers")]
        _token, secret = issue_token(owner=viewer, name="t", now=NOW)
        head = {"Authorization": f"Bearer {secret}"}
        answers += [
            Client().get(path, headers=head),
            Client().get("/api/v1/desk/sellers", headers=head),
            Client().post(f"/api/v1/desk/sellers/{asked.id}/acceptance", headers=head),
        ]
    assert {answer.status_code for answer in answers} == {404}
    assert Client().get(path).status_code == 302  # a stranger is asked who they are
    client = Client()
    client.force_login(olga)
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    _token, secret = issue_token(owner=olga, name="t", now=NOW)
    head = {"Authorization": f"Bearer {secret}"}
    shown = Client().get("/api/v1/desk/sellers", headers=head).json()
    assert [len(row["papers"]) for row in shown["asked"]] == [2]
    assert Client().get(shown["asked"][0]["papers"][0]["large"], headers=head).status_code == 200


def test_the_desk_counts_shows_twins_and_decides(mei, olga):
    twin = person("twin")
    open_shop(mei)
    sellers.accept(operator=olga, declaration=ask(twin).id, now=NOW)
    asked = ask(mei)
    pile = next(pile for pile in desk.piles() if pile.key == "sellers")
    assert (pile.count, pile.url) == (1, "/desk/sellers")
    client = Client()
    client.force_login(olga)
    shown = client.get("/desk/sellers").content.decode()
    assert "This number stands here for others already: @twin" in shown
    bare = client.post(reverse("shop:refuse_seller", args=[asked.id]), {"reason": ""})
    assert (bare.status_code, "the seller reads it" in bare.content.decode()) == (422, True)
    client.post(reverse("shop:accept_seller", args=[asked.id]))
    assert Declaration.objects.get(id=asked.id).decided_by == olga.id
    assert queries.my_shop(mei.id).level == "registered"


def test_pages_take_the_papers_and_say_what_is_wrong(mei):
    open_shop(mei)
    client = Client()
    client.force_login(mei)
    page = reverse("shop:register")

    def send(number, *files):
        papers = [SimpleUploadedFile("licence", one) for one in files]
        values = {"scheme": "cn_uscc", "name": "Mei Tea", "number": number, "papers": papers}
        return client.post(page, values)

    wrong = send(NUMBER[:-1] + "M", jpeg())
    assert (wrong.status_code, "its check does not come out" in wrong.content.decode()) == (
        422,
        True,
    )
    assert send(NUMBER).status_code == 422
    assert send(NUMBER, b"<html>").status_code == 415
    assert not Declaration.objects.exists()
    assert send(NUMBER.lower(), jpeg(), jpeg("red")).status_code == 302
    asked = Declaration.objects.get()
    assert (asked.number, asked.pages.count()) == (NUMBER, 2)
    assert "An operator looks at" in client.get(reverse("shop:seller")).content.decode()
