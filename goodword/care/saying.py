"""What is said in a case, without names for jurors."""

import re
from collections.abc import Sequence


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
