from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from goodword.kit import jobs
from goodword.kit.tests.strictness import faults
from goodword.people import queries
from goodword.people.models import Claim, Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {
    "display_name": "Chen Yu",
    "username": "Chen.Yu",
    "email": "chen@circle.example",
    "password1": PASSWORD,
}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_a_stranger_opens_an_account_and_is_inside(client: Client) -> None:
    answer = client.post("/account/signup/?next=/me/settings", NEW | {"next": "/me/settings"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/settings")
    member = queries.by_handle("chen.yu")
    assert member
    assert (member.display_name, member.email) == ("Chen Yu", "chen@circle.example")
    assert member.check_password(PASSWORD)
    assert "Chen Yu" in text(client.get("/me"))


def test_who_has_an_account_already_is_led_on_to_the_same_place(client: Client) -> None:
    shown = text(client.get("/account/signup/?next=/i/abc%3Fx%3D1"))
    assert 'href="/account/login/?next=/i/abc%3Fx%3D1"' in shown
    assert 'href="/account/login/"' in text(client.get("/account/signup/"))


def test_an_address_may_be_left_out(client: Client) -> None:
    client.post("/account/signup/", NEW | {"email": ""})
    member = queries.by_handle("chen.yu")
    assert member
    assert member.email == ""
    assert jobs.run_due() == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": "li"}, "A handle has 3 to 30 characters."),
        ({"username": "chen-yu"}, "only the letters a to z, digits"),
        ({"username": "admin"}, "kept for the house"),
        ({"username": "LIN"}, "This handle is taken"),
        ({"display_name": "\u200b"}, "Write the name that your friends know you by."),
        ({"password1": "short"}, "too short"),
        ({"password1": "password1234"}, "too common"),
        ({"email": "no address"}, "valid email address"),
    ],
)
def test_bad_input_gets_one_sentence_and_changes_nothing(
    client: Client, lin: Member, changed: dict[str, str], sentence: str
) -> None:
    answer = client.post("/account/signup/", NEW | changed)
    assert sentence in text(answer)
    assert faults(text(answer)) == []
    assert list(Member.objects.all()) == [lin]
    assert client.get("/me").status_code == 302


def test_a_handle_taken_between_check_and_claim_is_a_sentence_in_the_form(
    client: Client, lin: Member
) -> None:
    """The form's look-up finds nobody with "chen.yu"; by the time it is claimed, Lin has it."""
    from goodword.people.forms import SignUpForm

    answer = client.get("/account/signup/")
    request = answer.wsgi_request
    form = SignUpForm(NEW)
    from allauth.core.context import request_context

    with request_context(request):
        assert form.is_valid()
        Claim.objects.create(value="handle:chen.yu", member=lin, claimed_at=lin.joined_at)
        member, refused = form.try_save(request)
    assert member is None
    assert refused.status_code == 409
    assert "This handle is taken. Choose another one." in text(refused)
    assert list(Member.objects.all()) == [lin]


def test_known_and_unknown_addresses_are_answered_alike(lin: Member) -> None:
    answers = []
    for handle, email in (("first", "nobody@circle.example"), ("other", "lin@circle.example")):
        stranger = Client()
        answer = stranger.post("/account/signup/", NEW | {"username": handle, "email": email})
        page = stranger.get("/account/email/")
        answers.append((answer.status_code, answer["Location"], masked(page, handle, email)))
    assert answers[0] == answers[1]


def masked(answer: object, handle: str, email: str) -> str:
    import re

    words = text(answer).replace(handle, "HANDLE").replace(email, "EMAIL")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", words)


def test_the_owner_of_a_known_address_is_told_and_keeps_it(
    client: Client, join: Callable[..., Member]
) -> None:
    from allauth.account.models import EmailAddress

    lin = join("lin", email="lin@circle.example")
    EmailAddress.objects.create(user=lin, email=lin.email, verified=True, primary=True)
    client.post("/account/signup/", NEW | {"email": lin.email})
    jobs.run_due()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["lin@circle.example"], "You already have an account")
    ]
    assert queries.by_login(lin.email) == lin


def test_a_new_address_is_confirmed_by_the_link_in_the_letter(client: Client) -> None:
    client.post("/account/signup/", NEW)
    jobs.run_due()
    [letter] = mail.outbox
    assert letter.subject == "Confirm your e-mail address"
    link = next(line for line in letter.body.splitlines() if "/confirm-email/" in line)
    page = client.get(link)
    assert "Does chen@circle.example belong to you, @chen.yu?" in text(page)
    client.post(link)
    assert "confirmed" in text(client.get("/account/email/"))
    assert "no longer works" in text(client.get(link))  # once
    assert Claim.objects.get(value="email:chen@circle.example").member.handle == "chen.yu"
