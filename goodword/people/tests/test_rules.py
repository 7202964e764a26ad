from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.people import rules


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("lin", "lin"),
        (" Lin.Tea ", "lin.tea"),
        ("a_1", "a_1"),
        ("x" * 30, "x" * 30),
        ("123", "123"),
    ],
)
def test_handles_are_lower_case_and_trimmed(typed: str, handle: str) -> None:
    assert rules.handle(typed) == handle


@pytest.mark.parametrize(
    "typed",
    ["", "li", "x" * 31, ".lin", "lin.", "li..n", "lín", "林小满", "li-n", "li n", "lin@x", "admin",
     "Goodword", "lin\n", "ｌｉｎ", "lin\x00"],
)  # fmt: skip
def test_what_is_no_handle_is_refused_with_a_sentence(typed: str) -> None:
    if typed == "lin\n":
        assert rules.handle(typed) == "lin"  # blanks around it are not meant
        return
    with pytest.raises(rules.BadHandle) as refusal:
        rules.handle(typed)
    assert str(refusal.value).endswith(".")
    assert refusal.value.fields == {"handle": str(refusal.value)}


@given(st.text(max_size=40))
def test_a_handle_that_passes_passes_again_and_fits_its_address(text: str) -> None:
    try:
        handle = rules.handle(text)
    except rules.BadHandle:
        return
    assert rules.handle(handle) == handle
    assert handle == handle.lower()
    assert set(handle) <= set("abcdefghijklmnopqrstuvwxyz0123456789_.")


@given(st.text())
def test_a_name_is_one_line_that_hides_nothing(text: str) -> None:
    try:
        name = rules.display_name(text)
    except rules.BadName:
        return
    assert 1 <= len(name) <= rules.NAME_MAX
    assert name == name.strip()
    assert not rules.UNSEEN.search(name)
    assert rules.display_name(name) == name


def test_names_keep_what_names_are_made_of() -> None:
    assert rules.display_name("  林 小满 ") == "林 小满"
    assert rules.display_name("Zoe\u0308") == "Zoë"
    family = "\U0001f469\u200d\U0001f467"  # joined by a zero-width joiner, which must stay
    assert rules.display_name(family) == family
    assert rules.display_name("Lin\u202egnirts") == "Lin gnirts"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "x" * 61])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(rules.BadName):
        rules.display_name(typed)


def test_regions_are_iso_3166() -> None:
    assert {"CN", "HK", "TW", "DE", "SE"} <= rules.REGIONS
    assert not {"EU", "ZZ", "XA", "UK"} & rules.REGIONS
    assert rules.region(" cn ") == "CN"
    with pytest.raises(rules.BadProfile):
        rules.region("UK")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 "
         "Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 "
         "MicroMessenger/8.0", "WeChat, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
         "Edge, Windows"),
        ("curl/8.5.0", "Unknown browser"),
    ],
)  # fmt: skip
def test_browsers_are_called_by_name(agent: str, words: str) -> None:
    assert rules.browser(agent) == words


def test_a_token_s_use_is_written_once_a_day() -> None:
    today = date(2026, 5, 4)
    assert rules.marks_a_new_day(None, today)
    assert rules.marks_a_new_day(date(2026, 5, 3), today)
    assert not rules.marks_a_new_day(today, today)
