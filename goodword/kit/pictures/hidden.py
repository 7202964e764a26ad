"""Other files and programs that travel inside a picture's file.

None of it could reach anybody, since only re-encoded pixels are kept; it is refused because nobody
sends such a file by accident. What is looked for is text that a browser would run or a reader
would open, anywhere outside the pixels, and a ZIP directory (also JAR, APK, DOCX), which is found
from the file's end.
"""

import re

from .refusals import SomethingHidden

# Long enough that no photograph holds one by chance: five given letters and more.
_MARKUP = re.compile(
    rb"<(?:script|html|iframe)[\s>/]|<!doctype\s|<\?php\s|%pdf-[12]\.", re.IGNORECASE
)
_PADDING = b"\x00\xff\r\n\t \x1a"
_ZIP_END = b"PK\x05\x06"
_ZIP_FILE = b"PK\x01\x02"
_ZIP_WINDOW = 65_535 + 22  # the longest comment, and the record before it
# Archives and programs, each known by its first bytes.
_OTHER_FILES = (
    b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"\x7fELF", b"MZ",
    b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"ustar",
)  # fmt: skip
# Text at a picture's end which phones write there themselves (seen in exiftool's list of trailers).
_PHONE_TEXT = (b"vivo{", b"streamdata")


def check_parts(*parts: bytes) -> None:
    """Raise SomethingHidden if a part that isn't pixels holds markup, a script or a PDF."""
    for part in parts:
        if _MARKUP.search(part):
            raise SomethingHidden


def check_archive(raw: bytes) -> None:
    """Raise SomethingHidden if `raw` would open as a ZIP archive."""
    window = raw[-_ZIP_WINDOW:]
    at = window.rfind(_ZIP_END)
    while at >= 0:
        end = len(raw) - len(window) + at
        size = int.from_bytes(raw[end + 12 : end + 16], "little")
        if 0 < size <= end and raw.startswith(_ZIP_FILE, end - size):
            raise SomethingHidden
        at = window.rfind(_ZIP_END, 0, at)


def check_tail(tail: bytes, *, phones_append: bool = False) -> None:
    """Raise SomethingHidden for what follows the picture's end, unless it is padding.

    With `phones_append` (JPEG), other binary data passes too and is cut off: Exif tells readers to
    bear it, and phones put gain maps, depth maps and short films there.
    """
    rest = tail.strip(_PADDING)
    if not rest:
        return
    if not phones_append or rest.startswith(_OTHER_FILES) or _is_text(rest):
        raise SomethingHidden
    check_parts(tail)


def _is_text(rest: bytes) -> bool:
    head = rest[:2048]
    if head.startswith(_PHONE_TEXT):
        return False
    printable = sum(32 <= byte < 127 or byte in b"\t\r\n" for byte in head)
    return printable >= 0.9 * len(head)
