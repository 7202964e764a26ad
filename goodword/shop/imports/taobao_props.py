"""Taobao's cells within cells: variants, the names of their options, pictures.

    skuProps           price:stock:code:pid:vid[;pid:vid…];  repeated
    propAlias          pid:vid:name;                         the seller's name for a value
    input_custom_cpv   pid:vid:name;                         values of her own, vid is negative
    cpv_memo           pid:vid:remark;
    inputPids          pid,pid                               properties typed in by hand
    inputValues        value,value;name;value                in the same order
    picture            name:role:index:[pid:vid]|address;    role 1 is the item's, 2 an option's

`;` stands both within and between variants, so a variant is told by its parts: a token of five or
more begins one, a token of two goes on with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[str, str]  # property id, value id

# Names of the sales properties that nearly all categories share, as Taobao itself shows them. They
# are content of a Chinese listing, so they are no sentences of ours and do not follow the language.
OPTION_NAMES: Mapping[str, str] = {
    "1627207": "颜色",
    "20509": "尺码",
    "20518": "尺码",
    "20549": "鞋码",
    "122216343": "参考身高",
}
OTHER_OPTION = "规格"
BRAND = "20000"

_PAIR = re.compile(r"(\d{1,20}):(-?\d{1,20})")
_NAMED = re.compile(r"(\d{1,20}):(-?\d{1,20}):(.*)", re.DOTALL)
_PICTURE = re.compile(r"([^:|]*):(\d{1,3}):(\d{1,4}):([^|]*)\|(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sku:
    """One variant as written: price and stock are still text."""

    price: str
    stock: str
    code: str
    pairs: tuple[Pair, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PictureEntry:
    """One picture as written; `pair` where it belongs to an option's value."""

    name: str
    role: str
    index: int
    pair: Pair | None
    address: str


@dataclass(frozen=True, slots=True)
class Names:
    """Option and value names of one item, by pair; what had to be guessed or made up is listed."""

    options: Mapping[str, str]
    values: Mapping[Pair, str]
    unnamed: Mapping[str, int]  # option name -> how many of its values got a number for a name
    matched: Mapping[str, str]  # option name -> the other property id its names stood under


def parse_skus(cell: str) -> tuple[list[Sku], list[str]]:
    """Variants in the file's order, and the tokens that belong to none."""
    begun: list[list[str]] = []
    strays: list[str] = []
    for token in _tokens(cell):
        parts = token.count(":") + 1
        if parts >= 5:
            begun.append([token])
        elif parts == 2 and begun and _PAIR.fullmatch(token):
            begun[-1].append(token)
        else:
            strays.append(token)
    return [_sku(tokens) for tokens in begun], strays


def _sku(tokens: Sequence[str]) -> Sku:
    price, stock, *code, pid, vid = tokens[0].split(":")  # a seller's code may hold colons
    further = [token.split(":") for token in tokens[1:]]
    pairs = ((pid, vid), *((pair[0], pair[1]) for pair in further))
    return Sku(price, stock, ":".join(code), pairs, ";".join(tokens))


def parse_named(cell: str) -> dict[Pair, str]:
    """Names by pair. A name may hold `;` and `:`, so what is no new pair belongs to the name."""
    names: dict[Pair, str] = {}
    last: Pair | None = None
    for token in _tokens(cell):
        found = _NAMED.fullmatch(token)
        if found:
            last = found[1], found[2]
            names[last] = found[3].strip()
        elif last and not _PAIR.fullmatch(token):
            names[last] = f"{names[last]};{token}"
    return {pair: name for pair, name in names.items() if name}


def name_options(pairs: Sequence[Pair], sources: Sequence[Mapping[Pair, str]]) -> Names:
    """Names for all `pairs` of an item; the first of `sources` that knows a pair wins.

    Some tools write a value's name under a wrong property id (627207 for 1627207). Where no source
    knows the pair, a name under another id is taken if its value id is unmistakable. What is left
    is numbered: 颜色 2. Two values of one option never share a name.
    """
    by_pid: dict[str, dict[str, str]] = {}
    for pid, vid in pairs:
        by_pid.setdefault(pid, {}).setdefault(vid, "")
    options = _option_names(list(by_pid))
    unnamed: dict[str, int] = {}
    matched: dict[str, str] = {}
    used = {pid for pid, _vid in pairs}
    for pid, values in by_pid.items():
        taken: set[str] = set()
        for number, vid in enumerate(values, start=1):
            name = next((source[pid, vid] for source in sources if (pid, vid) in source), "")
            if not name:
                other, name = _under_another_id(vid, sources, used, by_pid)
                if name:
                    matched[options[pid]] = other
            if not name:
                name = f"{options[pid]} {number}"
                unnamed[options[pid]] = unnamed.get(options[pid], 0) + 1
            values[vid] = _unlike(name, taken)
            taken.add(values[vid])
    named = {(pid, vid): name for pid, values in by_pid.items() for vid, name in values.items()}
    return Names(options, named, unnamed, matched)


def _option_names(pids: Sequence[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    taken: set[str] = set()
    for pid in pids:
        names[pid] = _unlike(OPTION_NAMES.get(pid, OTHER_OPTION), taken)
        taken.add(names[pid])
    return names


def _under_another_id(
    vid: str,
    sources: Sequence[Mapping[Pair, str]],
    used: set[str],
    by_pid: Mapping[str, Mapping[str, str]],
) -> tuple[str, str]:
    """The name of `vid` under a property that no variant has, if nothing else could be meant."""
    if sum(vid in values for values in by_pid.values()) != 1:
        return "", ""
    found = {
        (pid, name)
        for source in sources
        for (pid, other), name in source.items()
        if other == vid and pid not in used
    }
    return found.pop() if len(found) == 1 else ("", "")


def _unlike(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def parse_inputs(pids: str, values: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The brand, and the properties that the file itself names: ("松下型号", "ES-ST25")."""
    brand = ""
    attributes: list[tuple[str, str]] = []
    for pid, value in zip(pids.split(","), values.split(","), strict=False):
        own, *further = (part.strip() for part in value.split(";"))
        if pid.strip() == BRAND and own.strip("*"):
            brand = own
        for name, said in zip(further[::2], further[1::2], strict=False):
            if name.strip("*") and said.strip("*"):
                attributes.append((name.strip("*"), said))
    return brand, tuple(attributes)


def parse_pictures(cell: str) -> tuple[list[PictureEntry], list[str]]:
    """Pictures in the file's order, and the tokens that are none."""
    entries: list[PictureEntry] = []
    strays: list[str] = []
    for token in _tokens(cell):
        found = _PICTURE.fullmatch(token)
        if not found:
            strays.append(token)
            continue
        pair = _PAIR.fullmatch(found[4].strip())
        entries.append(
            PictureEntry(
                name=found[1].strip(),
                role=found[2],
                index=int(found[3]),
                pair=(pair[1], pair[2]) if pair else None,
                address=found[5].strip(),
            )
        )
    return entries, strays


def _tokens(cell: str) -> list[str]:
    return [token.strip() for token in cell.split(";") if token.strip()]
