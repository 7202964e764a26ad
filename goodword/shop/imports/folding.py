"""Text as a pattern should see it: one spelling for the many that people use to get past filters.

Full-width, circled, bold and emoji digits become digits, 薇 and 威 become 微, V❤ becomes v信,
invisible letters vanish, four Chinese numerals in a row become digits. Each folded letter
remembers which original letter it came from, so that spans can be given in the original.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict(zip("零〇一二三四五六七八九", "00123456789", strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖貳參陸", "123456789236", strict=True)),
    **dict.fromkeys("薇威徽溦嶶徴", "微"),
    **dict.fromkeys("伈❤♥♡💗💕🧡💛", "信"),  # a heart, xin, sounds like the second half of 微信
    **dict.fromkeys("➕✚", "加"),
    **dict.fromkeys("—–‐‑−－﹣", "-"),
    **dict.fromkeys("·•．‧・●", "."),
    **dict(zip("號碼掃維聯繫係帳", "号码扫维联系系账", strict=True)),
    **dict(zip("ⅴѵхѡ", "vvxw", strict=True)),  # a Roman numeral and Cyrillic look-alikes
}
_NUMERALS = frozenset("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸")
_RUN = 4  # Chinese numerals in a row that are a number being spelt; 三十 and 一个 are words
_INVISIBLE = frozenset(("Cf", "Mn", "Me", "Cc"))  # zero-width letters, the box of an emoji digit


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` came from the original's letter `places[i]`."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        spelt = letter not in _NUMERALS or _in_run(text, place)
        for folded in _fold_letter(letter) if spelt else letter:
            letters.append(folded)
            places.append(place)
    return Folded("".join(letters), tuple(places))


@lru_cache(maxsize=8192)
def _fold_letter(letter: str) -> str:
    if letter in _SAME:
        return _SAME[letter]
    if letter not in "\n\t" and unicodedata.category(letter) in _INVISIBLE:
        return ""
    folded = unicodedata.normalize("NFKC", letter).lower()
    return _SAME.get(folded, folded)


def _in_run(text: str, place: int) -> bool:
    left = right = place
    while left > max(0, place - _RUN) and text[left - 1] in _NUMERALS:
        left -= 1
    while right + 1 < min(len(text), place + _RUN) and text[right + 1] in _NUMERALS:
        right += 1
    return right - left + 1 >= _RUN
