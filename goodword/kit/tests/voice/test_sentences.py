"""Every refusal is one sentence, in English and in Chinese."""

from datetime import timedelta

import pytest
from django.utils import translation

from goodword.kit.voice import refusals

REFUSALS = [
    refusals.NotARecording,
    refusals.RareKind,
    refusals.AFilm,
    refusals.SeveralTracks,
    lambda: refusals.TooManyBytes(8 * 1024 * 1024),
    lambda: refusals.TooLong(timedelta(seconds=60)),
    refusals.TooShort,
    refusals.Empty,
    refusals.Incomplete,
    refusals.Damaged,
    refusals.SomethingHidden,
]


@pytest.mark.parametrize("refuse", REFUSALS)
def test_it_speaks_both_languages(refuse):
    with translation.override("en"):
        english = str(refuse())
    with translation.override("zh-hans"):
        chinese = str(refuse())
    assert english.endswith(".")
    assert english.isascii()
    assert chinese.endswith("。")
    assert [part for part in ("8 MB", "60") if part in english] == [
        part for part in ("8 MB", "60") if part in chinese
    ]
