"""What is said in a case: without names for jurors, and whether an appeal says anything new."""

import re
from collections.abc import Iterable, Sequence

NEW = 5  # one in so many pairs of letters has to be


def unnamed(text: str, names: Sequence[str]) -> str:
    """`text` with “…” for every one of `names`, whatever its case: a juror is to know none."""
    known = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    if not known:
        return text
    # Letters of other scripts stand close together; only in Latin a word ends where a name does.
    ends = ((r"(?<!\w)", r"(?!\w)") if name.isascii() else ("", "") for name in known)
    found = "|".join(
        f"{left}{re.escape(name)}{right}" for name, (left, right) in zip(known, ends, strict=True)
    )
    return re.sub(found, "…", text, flags=re.IGNORECASE)


def is_new(text: str, before: Iterable[str]) -> bool:
    """Whether `text` says something that none of the texts `before` said.

    By pairs of letters, whatever their case and what stands between them: who says the same in
    another order, or a part of it, says nothing new.
    """
    said = pairs(text)
    known = set[str]().union(*map(pairs, before))
    return NEW * len(said - known) >= len(said) > 0


def pairs(text: str) -> set[str]:
    """Of neighbouring letters and digits; of a single one itself."""
    letters = "".join(one for one in text.casefold() if one.isalnum())
    return {letters[at : at + 2] for at in range(max(1, len(letters) - 1))} - {""}
