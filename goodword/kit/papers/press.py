"""The press: a program that draws the pages of one PDF, in its own process.

It knows nothing of Goodword and imports only typst, whose reader of PDFs is written in Rust, so
that a fault in it takes nothing else with it. Arguments: the folder in which `paper.pdf` lies, the
most pages. Standard output: a line of JSON, then the pages as PNG, one after the other.
"""

import json
import re
import resource
import sys
from pathlib import Path

# A page is fitted into an upright A4, whatever its own size: pixels are bounded by this.
PAGE = """
#set page(width: 595pt, height: 842pt, margin: 0pt)
#image("/paper.pdf", page: {page}, width: 100%, height: 100%, fit: "contain")
"""
INCHES = 130  # pixels each: small print stays readable
SECONDS = 20
MEMORY = 3 * 1024 * 1024 * 1024  # threads reserve far more than they use
NO_PAGE = re.compile(r"page \d+ (?:does not|doesn't) exist|only has \d+ page")


class Turned(Exception):
    """The paper is refused; the message is the refusal's name."""


def main() -> None:
    _lock()
    folder, most = Path(sys.argv[1]), int(sys.argv[2])
    pages: list[bytes] = []
    try:
        pages = drawn(folder, most)
        head: dict[str, object] = {"sizes": [len(page) for page in pages]}
    except Turned as turned:
        head, pages = {"refused": str(turned)}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(pages))


def drawn(folder: Path, most: int) -> list[bytes]:
    """Every page as PNG; the first that is not there ends it."""
    import typst

    made: list[bytes] = []
    compiler = typst.Compiler(root=folder, ignore_system_fonts=True)
    for page in range(1, most + 2):
        try:
            png = compiler.compile(PAGE.format(page=page).encode(), format="png", ppi=INCHES)
        except BaseException as error:  # a panic in Rust is no Exception
            if made and NO_PAGE.search(str(error)):
                return made
            raise Turned("Unreadable") from error
        if page > most:
            raise Turned("TooManyPages")
        assert isinstance(png, bytes), "it is one page"
        made.append(png)
    return made


def _lock() -> None:
    """Bounds that no reader can talk its way out of; the kernel ends the process at them."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
