from pathlib import Path

import pytest

from goodword.kit import config


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "http://localhost:8000"),
        ({"GOODWORD_PORT": "9000"}, "http://localhost:9000"),
        (
            {"GOODWORD_HOSTS": "circle.example, other.example", "GOODWORD_HTTPS": "1"},
            "https://circle.example",
        ),
        ({"GOODWORD_HOSTS": ".circle.example"}, "http://circle.example"),
    ],
)
def test_letters_lead_to_the_first_host(given: dict[str, str], url: str, tmp_path: Path) -> None:
    assert config.read({"GOODWORD_DATA": str(tmp_path), **given}).public_url == url


def test_the_houses_own_currency_is_one_that_exists(tmp_path: Path) -> None:
    given = {"GOODWORD_DATA": str(tmp_path), "GOODWORD_CURRENCY": "EUR"}
    assert config.read(given).currency == "EUR"
    with pytest.raises(config.BadSetting, match="GOODWORD_CURRENCY"):
        config.read({**given, "GOODWORD_CURRENCY": "yuan"})


def with_mail(smtp: str, sender: str = "circle@mail.example") -> config.Config:
    return config.read({"GOODWORD_SMTP": smtp, "GOODWORD_MAIL_FROM": sender})


@pytest.mark.parametrize(
    ("given", "smtp"),
    [
        ("smtp://mail.example", ("mail.example", 587, "starttls", "", "")),
        ("smtps://u:p@mail.example/", ("mail.example", 465, "tls", "u", "p")),
        ("smtp://a%40b:p%2F%3A%23%25@h:2525", ("h", 2525, "starttls", "a@b", "p/:#%")),
        ("smtp+plain://[::1]", ("::1", 25, "none", "", "")),
    ],
)
def test_a_mail_server_is_named_in_one_setting(given: str, smtp: tuple[object, ...]) -> None:
    assert with_mail(given).smtp == config.Smtp(*smtp)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("mail.example:587", "must begin with smtp://"),
        ("https://u:hush@mail.example", "must begin with smtp://"),
        ("smtp://", "names no host"),
        ("smtp://u:hush@", "names no host"),
        ("smtp://u:hu#sh@mail.example", "%-encoded"),
        ("smtp://u:12/hush@mail.example", "%-encoded"),
        ("smtp://u:hush@mail.example:port", "%-encoded"),
        ("smtp://u@mail.example", "user without a password"),
        ("smtp://u:h%C3%BCsh@mail.example", "ASCII"),
        ("smtp://u:hush%0A@mail.example", "ASCII"),
        ("smtp+plain://u:hush@mail.example", "in the clear"),
    ],
)
def test_a_wrong_mail_server_is_one_sentence_that_keeps_the_password(given: str, why: str) -> None:
    with pytest.raises(config.BadSetting) as caught:
        with_mail(given)
    assert str(caught.value).startswith("GOODWORD_SMTP ")
    assert why in str(caught.value)
    assert "hu" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_no_view_of_the_configuration_shows_the_password() -> None:
    assert "hush" not in repr(with_mail("smtp://u:hush@mail.example"))


def test_the_mail_server_may_stand_in_a_file_for_its_owner_s_eyes(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "smtp"
    file.parent.mkdir()
    file.write_text("smtp://mail.example\n")
    file.chmod(0o600)
    given = {"GOODWORD_DATA": str(tmp_path), "GOODWORD_MAIL_FROM": "a@b.example"}
    found = config.read(given).smtp
    assert found is not None
    assert found.host == "mail.example"
    file.chmod(0o644)
    with pytest.raises(config.BadSetting, match="chmod 600"):
        config.read(given)


@pytest.mark.parametrize("sender", ["circle@mail.example", "我们的圈子 <circle@mail.example>"])
def test_letters_come_from_one_address(sender: str) -> None:
    assert with_mail("smtp://h", sender).mail_from == sender


@pytest.mark.parametrize(
    "sender",
    ["", "circle", "a@b.example, c@d.example", "C <circle>", "a@b\nBcc: c@d", "a b@c.example"],
)
def test_no_other_sender_is_taken(sender: str) -> None:
    with pytest.raises(config.BadSetting, match="GOODWORD_MAIL_FROM"):
        with_mail("smtp://h", sender)


def with_backups(tmp_path: Path, **given: str) -> config.Config:
    named = {f"GOODWORD_{name}": value for name, value in given.items()}
    return config.read({"GOODWORD_DATA": str(tmp_path / "data"), **named})


def test_backups_are_made_where_a_folder_is_named(tmp_path: Path) -> None:
    assert with_backups(tmp_path).backups is None
    found = with_backups(tmp_path, BACKUPS="/backups").backups
    assert found == config.Backups(Path("/backups"), hour=3, keep=14)
    found = with_backups(tmp_path, BACKUPS="/b", BACKUPS_HOUR="0", BACKUPS_KEEP="1").backups
    assert found == config.Backups(Path("/b"), hour=0, keep=1)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"BACKUPS": "backups"}, "GOODWORD_BACKUPS is 'backups'; it must be a whole path"),
        ({"BACKUPS": "{data}"}, "what destroys the one destroys the other"),
        ({"BACKUPS": "{data}/../data/backups"}, "what destroys the one destroys the other"),
        ({"BACKUPS_HOUR": "24"}, "GOODWORD_BACKUPS_HOUR is '24'; it must be a number from 0 to 23"),
        ({"BACKUPS_HOUR": "3am"}, "GOODWORD_BACKUPS_HOUR is '3am'"),
        ({"BACKUPS_KEEP": "0"}, "GOODWORD_BACKUPS_KEEP is '0'; it must be a number from 1 to 1000"),
        ({"BACKUPS_KEEP": "-3"}, "GOODWORD_BACKUPS_KEEP is '-3'"),
        ({"BACKUPS_KEEP": "٣"}, "GOODWORD_BACKUPS_KEEP is"),
    ],
)
def test_backups_that_cannot_be_made_so_are_a_sentence(
    tmp_path: Path, given: dict[str, str], why: str
) -> None:
    filled = {name: value.format(data=tmp_path / "data") for name, value in given.items()}
    with pytest.raises(config.BadSetting, match=why.replace("(", r"\(")):
        with_backups(tmp_path, **filled)


def test_a_secret_that_was_changed_is_still_known(tmp_path: Path) -> None:
    first = config.secret(tmp_path, "django")
    assert config.retired(tmp_path, "django") == []
    file = tmp_path / "secrets" / "django"
    older = file.rename(file.with_name("django.retired"))
    second = config.secret(tmp_path, "django")
    assert second != first
    with older.open("a") as out:
        out.write(f"{second}\n")
    assert config.retired(tmp_path, "django") == [second, first]
    older.chmod(0o644)
    with pytest.raises(config.BadSetting, match="can be read by others"):
        config.retired(tmp_path, "django")
