"""The references by which a transfer is known again, and the code that a banking app reads."""

import re
from base64 import b32encode
from collections.abc import Iterator
from uuid import UUID

import segno
from segno import helpers
from stdnum import iban as ibans
from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from goodword.kit.money import Money

LENGTH = 20  # RF, two check digits, sixteen of our own
MOST = 99_999_999_999  # cents that an EPC code can hold


def reference_of(key: str) -> str:
    """The RF creditor reference (ISO 11649) of a payment: its last eighty bits, with check digits.

    Those bits of a UUIDv7 are random, so a reference tells nothing and is not to be guessed.
    """
    own = b32encode(UUID(key).bytes[-10:]).decode()
    return f"RF{mod_97_10.calc_check_digits(own + 'RF')}{own}"


def shown(reference: str) -> str:
    """In groups of four, as people read and type it."""
    return iso11649.format(reference)


def found_in(*texts: str) -> Iterator[str]:
    """Every reference that the texts of a bank's line hold, whatever a bank made of blanks."""
    for text in texts:
        plain = re.sub(r"[^A-Z0-9]", "", text.upper())
        for start in (found.start() for found in re.finditer("RF", plain)):
            candidate = plain[start : start + LENGTH]
            if len(candidate) == LENGTH and iso11649.is_valid(candidate):
                yield candidate


def code(*, holder: str, iban: str, bic: str, amount: Money, reference: str) -> str:
    """The EPC QR code of a transfer as inline SVG; empty where the standard has none."""
    if amount.currency != "EUR" or not ibans.is_valid(iban) or amount.minor > MOST or not holder:
        return ""
    made: segno.QRCode = helpers.make_epc_qr(
        name=holder, iban=iban, amount=amount.amount, reference=reference, bic=bic or None
    )
    return svg(made)


def drawn(link: str) -> str:
    """A link as a QR code, as inline SVG."""
    return svg(segno.make(link, error="m", micro=False))


def svg(made: segno.QRCode) -> str:
    inline = made.svg_inline(border=2, dark="#000", light="#fff", omitsize=True)
    return inline.replace("<svg ", '<svg width="100%" height="240" ', 1)
