"""Letters and a real mail server: what it takes, what it refuses, and how it can misbehave."""

import os
import socket
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.mail import EmailMessage

from goodword.kit import clock, config, mail

from .postbox import CLOSE, DRIP, HANG, PASSWORD, USER, certificate, postbox

SIGNED_IN = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"


def send():
    words = "你好 https://circle.example/\n"
    mail.send(EmailMessage("Choose a new password", words, to=["lin@x.example"]))


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"), "localhost")


@pytest.fixture
def reach(settings, monkeypatch, own):
    """Name a postbox in the settings, as an operator would; its authority is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(own[0]))
    settings.DEFAULT_FROM_EMAIL = "Our circle <circle@mail.example>"

    def reach(port, scheme="smtp", who=SIGNED_IN):
        env = {"GOODWORD_SMTP": f"{scheme}://{who}localhost:{port}", "GOODWORD_MAIL_FROM": USER}
        settings.CONFIG = replace(settings.CONFIG, smtp=config.read(env).smtp)

    return reach


def refused(send=send):
    with pytest.raises(mail.NotSent) as caught:
        send()
    said = f"{caught.value} {caught.value.answer} {caught.value!r}"
    assert PASSWORD not in said
    assert caught.value.__cause__ is caught.value.__context__ is None  # nothing for a log to follow
    return caught.value


@pytest.mark.parametrize(("scheme", "at_once"), [("smtp", False), ("smtps", True)])
def test_a_letter_goes_out_signed_in_and_under_cover(reach, own, scheme, at_once):
    with postbox(own[1], at_once=at_once) as box:
        reach(box.port, scheme)
        mail.knock()
        assert box.letters == []
        send()
    assert set(box.in_the_clear) <= {"EHLO", "STARTTLS"}
    assert any(line.upper().startswith("MAIL FROM:<CIRCLE@MAIL.EXAMPLE>") for line in box.heard)
    [letter] = box.letters
    assert "To: lin@x.example" in letter
    assert "Subject: Choose a new password" in letter


def test_within_this_machine_it_needs_no_cover(reach):
    with postbox() as box:
        reach(box.port, "smtp+plain", who="")
        send()
    assert len(box.letters) == 1


@pytest.mark.parametrize(
    ("at", "answer", "for_good", "sentence"),
    [
        ("AUTH", "535 5.7.8 no", False, "refuses the sign-in"),
        ("AUTH", "454 4.7.0 later", False, "refuses the sign-in"),
        ("MAIL", "550 not you", False, "GOODWORD_MAIL_FROM"),
        ("RCPT", "550 5.1.1 no such user", True, "refuses the address"),
        ("RCPT", "450 4.2.0 grey", False, "refuses the address"),
        ("RCPT", "530 sign in first", False, "refuses the address"),
        ("DATA", "451 busy", False, "refuses the letter"),
        (".", "554 5.7.1 unwanted", True, "refuses the letter"),
        (".", "452 full", False, "refuses the letter"),
        ("GREET", "421 too many", False, "does not want to talk"),
        ("GREET", HANG, False, "gave no answer"),
        ("RCPT", HANG, False, "gave no answer"),
        (".", CLOSE, False, "broke off"),
        ("STARTTLS", "454 not now", False, "does not want to talk"),
    ],
)
def test_what_it_refuses_for_good_and_what_may_be_tried_again(
    reach, own, monkeypatch, at, answer, for_good, sentence
):
    if answer == HANG:
        monkeypatch.setattr(mail, "PATIENCE", 0.15)
    with postbox(own[1], **{at: answer}) as box:
        reach(box.port)
        error = refused()
    assert sentence in str(error)
    assert error.for_good is for_good
    assert box.letters == []


@pytest.mark.parametrize(
    ("at", "scheme", "at_once"),
    [
        ("GREET", "smtp", False),
        ("AUTH", "smtp", False),
        ("RCPT", "smtps", True),
        (".", "smtp", False),
    ],
)
def test_a_server_that_always_says_a_little_more_is_left_after_a_while(
    reach, own, monkeypatch, at, scheme, at_once
):
    monkeypatch.setattr(mail, "LONGEST", 0.5)
    with postbox(own[1], at_once=at_once, **{at: DRIP}) as box:
        reach(box.port, scheme)
        error = refused()
    assert "took longer than 0.5 seconds" in str(error)
    assert not error.for_good


@pytest.mark.parametrize(
    ("answer", "mailbox"),
    [
        ("550 5.1.1 no such user", True),
        ("552 5.2.2 full", True),
        ("550 who?", True),
        ("550 5.7.1 your network is on a list", False),
        ("554 no", False),
        ("450 4.2.2 full for now", False),
    ],
)
def test_a_mailbox_that_takes_nothing_is_told_from_a_refused_sender(reach, own, answer, mailbox):
    with postbox(own[1], RCPT=answer) as box:
        reach(box.port)
        assert refused().mailbox is mailbox


def test_letters_in_the_folder_do_not_lie_there_for_ever(settings, tmp_path, monkeypatch):
    settings.EMAIL_FILE_PATH, now = str(tmp_path), clock.now()
    for days in range(20):
        letter = tmp_path / f"{days:02}.log"
        letter.write_text("a link that opens an account")
        at = (now - timedelta(days=days)).timestamp()
        os.utime(letter, (at, at))
    (tmp_path / "mine").write_text("no letter")
    assert mail.sweep(now) == 5
    monkeypatch.setattr(mail, "MOST", 3)
    assert mail.sweep(now) == 12
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["00.log", "01.log", "02.log", "mine"]


def test_it_is_told_no_password_where_it_is_not_who_it_says(reach, own, tmp_path, monkeypatch):
    other, tls = certificate(tmp_path, "other.example")
    for trusted in (own[0], other):  # of an authority that we don't know; of another name
        with postbox(tls) as box:
            reach(box.port)
            monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
            assert "cannot be trusted" in str(refused(mail.knock))
            refused()
        assert {line.split()[0] for line in box.heard} <= {"EHLO", "STARTTLS"}


def test_it_is_told_no_password_where_it_offers_no_cover(reach):
    with postbox() as box:
        reach(box.port)
        assert "offers no STARTTLS" in str(refused())
    assert not [line for line in box.heard if line.startswith(("AUTH", "MAIL"))]


def test_a_server_that_does_not_speak_tls_or_is_not_there(reach):
    with postbox() as box:
        reach(box.port, "smtps")
        assert "smtp://" in str(refused())
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    reach(port)
    assert "Connection refused" in str(refused())


def test_a_server_that_repeats_the_password_does_not_get_it_shown(reach, own):
    with postbox(own[1], AUTH=f"535 {PASSWORD} is wrong") as box:
        reach(box.port)
        assert refused().answer == "… is wrong"
