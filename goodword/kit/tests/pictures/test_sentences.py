"""Every refusal is one sentence, in English and in Chinese."""

import pytest
from django.utils import translation

from goodword.kit.blobs import NoSuchFile
from goodword.kit.pictures import refusals

REFUSALS = [
    refusals.NotAPicture,
    refusals.RareKind,
    lambda: refusals.TooManyBytes(32 * 1024 * 1024),
    lambda: refusals.TooManyPixels(70_000, 60_000),
    lambda: refusals.TooManyFrames(1_001),
    refusals.Empty,
    refusals.Incomplete,
    refusals.Damaged,
    refusals.SomethingHidden,
    NoSuchFile,
]


@pytest.mark.parametrize("refuse", REFUSALS)
def test_it_speaks_both_languages(refuse):
    with translation.override("en"):
        english = str(refuse())
    with translation.override("zh-hans"):
        chinese = str(refuse())
    assert english.endswith(".")
    assert english.isascii() or "×" in english
    assert chinese.endswith("。")
    assert [part for part in ("32", "70000", "60000", "1001") if part in english] == [
        part for part in ("32", "70000", "60000", "1001") if part in chinese
    ]
