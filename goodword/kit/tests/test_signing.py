"""What the house signed can be checked by anybody; what it did not sign never passes."""

import json
import stat
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from goodword.kit import signing
from goodword.kit.signing import BadSignature, read, sign

SAID = '{"what":"茶"}'.encode()


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    """A house with a data folder, and so a key, of its own."""
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    return tmp_path


def test_what_was_signed_is_read_for_its_kind_only():
    signed = sign(SAID, kind="promise")
    assert signed.isascii()
    assert read(signed, kind="promise") == SAID
    with pytest.raises(BadSignature):
        read(signed, kind="ledger")


def test_no_letter_of_it_can_be_changed():
    signed = sign(SAID, kind="promise")
    spoilt = [signed[:-1], signed + "A", f"{signed}.", signed.replace(".", "", 1), "", "…", "a.b.c"]
    for place in range(0, len(signed) - 1, 5):  # the last letter holds bits that nobody reads
        other = "B" if signed[place] != "B" else "C"
        spoilt.append(signed[:place] + other + signed[place + 1 :])
    for one in spoilt:
        with pytest.raises(BadSignature):
            read(one, kind="promise")


def test_another_key_does_not_pass_for_ours():
    """A header that names our key does not help who has another."""
    said, _dot, _signature = sign(SAID, kind="promise").rpartition(".")
    forged = signing._encode(Ed25519PrivateKey.generate().sign(said.encode()))
    with pytest.raises(BadSignature):
        read(f"{said}.{forged}", kind="promise")


def test_a_rotation_signs_anew_and_forgets_nothing(house):
    before, first = sign(SAID, kind="promise"), signing.public_keys()[0]
    second = signing.rotate()
    after = sign(SAID, kind="promise")
    third = signing.rotate()
    assert [key.id for key in signing.public_keys()] == [third.id, second.id, first.id]
    for signed in (before, after):
        assert read(signed, kind="promise") == SAID
    old = (house / "secrets" / "signing").read_text()
    assert len(old.strip()) == 64
    for file in (house / "secrets").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_public_keys_stand_where_strangers_look_for_them():
    signed = sign(SAID, kind="promise")
    answer = Client().get("/.well-known/jwks.json")
    assert answer.status_code == 200
    [key] = answer.json()["keys"]
    header = json.loads(signing._decode(signed.split(".")[0]))
    assert header["kid"] == key["kid"]
    assert signing._decode(key["x"]) == signing.public_keys()[0].raw
    assert set(key) == {"kty", "crv", "alg", "use", "kid", "x"}, "the public part and no more"
