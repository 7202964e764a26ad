"""How text is cut so that it can be found, and how a query is read. Pure: no table is known here.

Scripts that put no blanks between words (Chinese, Japanese, Korean, Thai …) are cut into pairs of
neighbouring characters, the rest into words. Both stand with their places in one PostgreSQL
`tsvector`, so that one GIN index answers mixed queries and a longer run of characters is a phrase
of its pairs. `Query.matches` says in Python what `Query.sql` asks of the index; a test holds the
two together. See docs/decisions/0031-search.md.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

WORD = 64  # characters of a word that count
APART = 4  # places between two texts of one vector: no phrase goes from one into the next

# Han with its extensions, kana, bopomofo, Hangul; Thai, Lao, Myanmar, Khmer.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3038-\u303b\u3041-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003fffd]"
)
# Letters that Unicode does not take apart, as people type them who lack the key.
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
INSIDE = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
ACCENTS = re.compile("[\u0300-\u036f]")
QUOTES = re.compile('["＂“”„«»「」『』]')
BETWEEN = re.compile(r"[\s,;!?|()\[\]{}<>…·、。，；！？：（）【】《》〈〉]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a sign, or one character of an unspaced script; `start` and `end` in the NFC text.

    `glued` is a character that follows another one with nothing between them.
    """

    text: str
    start: int
    end: int
    alone: bool = False  # of an unspaced script
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, hit or not."""

    text: str
    hit: bool


def units(text: str) -> list[Unit]:
    """What can be found in `text`, in its order. NFKC, case and accents make no difference."""
    found: list[Unit] = []
    letters: list[str] = []
    begin = end = 0
    glue = False

    def close() -> None:
        if letters:
            found.append(Unit("".join(letters)[:WORD], begin, end))
            letters.clear()

    for start, stop, sign in signs(text):
        kind = kind_of(sign)
        if kind == "nothing" or (kind == "mark" and not letters):
            continue
        if kind in ("letter", "mark"):
            begin = begin if letters else start
            letters.append(sign)
            end, glue = stop, False
            continue
        close()
        if kind in ("alone", "sign"):
            alone = kind == "alone"
            found.append(Unit(sign, start, stop, alone, alone and glue))
        glue = kind == "alone"
    close()
    return found


def signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Each folded character with the place in the NFC text of what it stands for."""
    text = unicodedata.normalize("NFC", text)
    start = 0
    while start < len(text):
        stop = start + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        for sign in folded(text[start:stop]):
            yield start, stop, sign
        start = stop


@lru_cache(maxsize=8192)
def folded(cluster: str) -> str:
    """A character and its accents as they are compared: ｅ, É and e are one."""
    if cluster.isascii():
        return cluster.lower()
    apart = unicodedata.normalize("NFKD", cluster.casefold())
    together = unicodedata.normalize("NFKC", ACCENTS.sub("", apart))
    return together.casefold().translate(PLAIN)


@lru_cache(maxsize=8192)
def kind_of(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Cf", "Me") or INSIDE.match(sign):
        return "nothing"  # joiners, skin tones and the like stand in the middle of what is meant
    if UNSPACED.match(sign):
        return {"L": "alone", "N": "alone", "M": "nothing"}.get(category[0], "gap")
    if category in ("So", "Sm"):
        return "sign"
    return {"L": "letter", "N": "letter", "M": "mark"}.get(category[0], "gap")


def key(text: str) -> str:
    """The whole of `text` as one comparable string: equal for what is written alike."""
    return " ".join(unit.text for unit in units(text))


def vector(*texts: str) -> str:
    """The literal of a `tsvector` in which all of `texts` can be found.

    Of one word or pair PostgreSQL keeps the first 256 places, and no place after 16,383.
    """
    places: dict[str, list[str]] = {}
    at = 0
    for text in texts:
        for unit, following in pairwise([*units(text), None]):
            at += 1
            if unit:
                places.setdefault(gram(unit, following), []).append(str(min(at, 16383)))
        at += APART
    return " ".join(f"'{one}':{','.join(where)}" for one, where in places.items())


def gram(unit: Unit, following: Unit | None) -> str:
    """What the index holds at the unit's place: a word, or a character with its neighbour."""
    return unit.text + following.text if following and following.glued else unit.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Units that stand side by side; `open`: the last word may go on."""

    units: tuple[Unit, ...]
    open: bool = False

    @property
    def sql(self) -> str:
        parts: list[str] = []
        last = 0
        for place, (unit, following) in enumerate(pairwise([*self.units, None])):
            if unit is None or (unit.glued and not (following and following.glued)):
                continue  # the pair before it has it
            paired = following is not None and following.glued
            ends = (self.open and following is None) if not unit.alone else not paired
            lexeme = f"'{gram(unit, following)}'{':*' if ends else ''}"
            parts.append(f" <{place - last}> {lexeme}" if parts else lexeme)
            last = place
        return f"({''.join(parts)})"

    def at(self, text: Sequence[Unit], start: int) -> bool:
        """Whether it stands in `text` from `start` on."""
        if start + len(self.units) > len(text):
            return False
        last = len(self.units) - 1
        return all(
            same(mine, text[start + n], goes_on=self.open and n == last)
            for n, mine in enumerate(self.units)
        )

    def places(self, text: Sequence[Unit]) -> list[tuple[int, int]]:
        """From where to where in the text it stands; in characters."""
        return [
            (text[n].start, text[n + len(self.units) - 1].end)
            for n in range(len(text))
            if self.at(text, n)
        ]


def same(mine: Unit, theirs: Unit, *, goes_on: bool) -> bool:
    if mine.alone or theirs.alone:
        return mine.text == theirs.text and theirs.glued >= mine.glued
    return theirs.text.startswith(mine.text) if goes_on else theirs.text == mine.text


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for: every phrase of it."""

    text: str
    phrases: tuple[Phrase, ...]

    @property
    def sql(self) -> str:
        """The literal of a `tsquery`; of no phrase, one that finds nothing."""
        return " & ".join(phrase.sql for phrase in self.phrases)

    def matches(self, *texts: str) -> bool:
        """Whether every phrase stands in one of `texts`."""
        read = [units(text) for text in texts if text]
        return bool(self.phrases) and all(
            any(phrase.at(one, n) for one in read for n in range(len(one)))
            for phrase in self.phrases
        )

    def marked(self, text: str) -> list[Piece]:
        """`text` in pieces, the hits among them."""
        text = unicodedata.normalize("NFC", text)
        read = units(text)
        found = sorted(place for phrase in self.phrases for place in phrase.places(read))
        pieces, at = [], 0
        for start, end in merged(found):
            pieces += [Piece(text[at:start], hit=False), Piece(text[start:end], hit=True)]
            at = end
        return [piece for piece in [*pieces, Piece(text[at:], hit=False)] if piece.text]

    def snippet(self, text: str, size: int = 140) -> list[Piece]:
        """About `size` characters of `text` around its first hit, in pieces, on one line."""
        text = " ".join(unicodedata.normalize("NFC", text).split())
        before = 0
        for piece in self.marked(text):
            if piece.hit:
                break
            before += len(piece.text)
        start = 0 if len(text) <= size or before < size // 2 else before - size // 4
        start = min(start, max(0, len(text) - size))
        part = text[start : start + size]
        pieces = self.marked(part)
        head = [Piece("…", hit=False)] if start else []
        tail = [Piece("…", hit=False)] if start + size < len(text) else []
        return [*head, *pieces, *tail]


def merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted places without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def parse(text: str) -> Query:
    """What `text` asks for: words, “quoted phrases”, or a mixture; the last word may go on.

    What stands together without a blank (T-shirt, 龙井tea) is looked for side by side.
    """
    text = unicodedata.normalize("NFC", text).strip()
    parts = QUOTES.split(text)
    phrases: list[Phrase] = []
    for n, part in enumerate(parts):
        quoted = n % 2 == 1 and n < len(parts) - 1
        for chunk in [part] if quoted else BETWEEN.split(part):
            found = tuple(units(chunk))
            if found:
                phrases.append(Phrase(found))
    if phrases and units(parts[-1]):
        phrases[-1] = Phrase(phrases[-1].units, open=True)
    return Query(text, tuple(phrases))
