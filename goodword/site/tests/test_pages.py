"""What holds for every page: the policy, its headers, and nothing inline that it would refuse."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from goodword.kit.tests.strictness import faults
from goodword.people import actions as people

from .addresses import pages

pytestmark = pytest.mark.django_db
SEEN = (200, 400, 404, 405, 422)


@pytest.fixture
def member(db: None) -> Client:
    client = Client()
    lin = people.register(
        handle="lin", display_name="Lin", password="a kettle in the rain", now=datetime.now(UTC)
    )
    client.force_login(lin)
    return client


@pytest.mark.parametrize("who", ["stranger", "member"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_answer_carries_the_policy_and_no_page_what_it_would_refuse(
    client: Client, member: Client, who: str, language: str
) -> None:
    visitor = member if who == "member" else client
    found = {}
    for page in pages():
        answer = visitor.get(page.url, headers={"Accept-Language": language})
        assert answer.status_code in (*SEEN, 301, 302), (page.url, answer.status_code)
        check_headers(answer, page.url)
        is_page = answer["Content-Type"].startswith("text/html") and not answer.streaming
        if is_page and (wrong := faults(answer.content.decode())):
            found[page.name] = wrong
    assert found == {}


def check_headers(answer: HttpResponse, url: str) -> None:
    """Every answer carries the policy and its kin."""
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, url
    assert "unsafe" not in policy, url
    if "sandbox" not in policy:  # pictures have a stricter one of their own
        assert "script-src 'self';" in policy + ";", url
        assert "style-src 'self';" in policy + ";", url
        assert "frame-ancestors 'none'" in policy, url
        assert "base-uri 'none'" in policy, url
    assert answer.headers["X-Content-Type-Options"] == "nosniff", url
    assert answer.headers["X-Frame-Options"] == "DENY", url
    assert answer.headers["Referrer-Policy"] == "same-origin", url
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", url
    assert "camera=(self)" in answer.headers["Permissions-Policy"], url
    kept = answer.headers["Cache-Control"]
    assert "private" in kept or "no-store" in kept or "no-cache" in kept, url


def test_cookies_are_for_the_server_and_this_site_only(client: Client) -> None:
    people.register(
        handle="chen", display_name="Chen", password="a kettle in the rain", now=datetime.now(UTC)
    )
    client.get("/account/login/")
    answer = client.post("/account/login/", {"login": "chen", "password": "a kettle in the rain"})
    assert {"goodword_session", "csrftoken"} <= set(answer.cookies) | set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name


def test_over_https_cookies_stay_there_and_browsers_are_told_to() -> None:
    """The settings follow one switch; they are read anew in a process of their own."""
    import os
    import subprocess
    import sys

    ask = (
        "from goodword.site import settings_typing as s; print("
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE,"
        "s.SECURE_HSTS_SECONDS > 0, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN,"
        "s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    )
    said = {}
    for https in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", ask], env=os.environ | {"GOODWORD_HTTPS": https},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        said[https] = done.stdout.split()
    assert said["0"] == ["False", "False", "False", "False", "True", "0"]
    assert said["1"] == ["True", "True", "True", "True", "False", "1"]


def test_forms_from_elsewhere_are_refused_with_a_page(member: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = member.cookies
    for url in ("/me/theme", "/account/logout/", "/language"):
        answer = strict.post(url, {"theme": "dark", "language": "en"})
        assert answer.status_code == 403
        assert "reload it" in answer.content.decode()
        assert faults(answer.content.decode()) == []


def test_no_password_hash_is_weak_outside_of_tests() -> None:
    from goodword.site import settings as real

    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert settings.SESSION_COOKIE_HTTPONLY
