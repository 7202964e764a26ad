"""The certificate, and the picture that comes along."""

import ssl
from dataclasses import replace
from datetime import datetime

import pytest

from goodword.kit.links import preview, refusals

from .serving import NOON, PNG, SOON, answer, drip, missing, moved, network, og, page, seen, serving


@pytest.fixture
def papers(tmp_path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS for teapot.example, and that of somebody who believes its certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "teapot.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2120, 1, 1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("teapot.example")]), False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "paper.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(pem))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))


def test_the_name_is_what_the_certificate_is_asked_for(papers):
    theirs, believing = papers
    told = []
    theirs.sni_callback = lambda _channel, name, _context: told.append(name)
    with serving(tls=theirs) as site:
        site.pages["/"] = answer(page())
        safe = replace(
            network(site, teapot_example=["127.0.0.1"], other_example=["127.0.0.1"]),
            trusted=lambda: believing,
        )
        url = site.url(host="teapot.example", scheme="https")
        assert preview(url, now=NOON, network=safe).title == "Teapots"
        assert told == ["teapot.example"]
        assert f"Host: teapot.example:{site.port}" in site.asked[0]
        with pytest.raises(refusals.Unreachable):
            preview(site.url(host="other.example", scheme="https"), now=NOON, network=safe)
        doubting = replace(safe, trusted=ssl.create_default_context)
        with pytest.raises(refusals.Unreachable):
            preview(url, now=NOON, network=doubting)


def test_the_picture_comes_along(site):
    site.pages["/"] = answer(page("Teapots", og("image", "/teapot.png")))
    site.pages["/teapot.png"] = answer(PNG, kind="image/png")
    assert seen(site).picture == PNG


@pytest.mark.parametrize(
    "reply",
    [missing, answer(page()), answer(b"", kind="image/png"), answer(PNG, kind="text/html"),
     answer(bytes(5 * 1024 * 1024 + 1), kind="image/png"), moved("file:///etc/passwd"), b"",
     drip(b"", b"")],
)  # fmt: skip
def test_a_preview_goes_without_a_picture_that_does_not_come(site, reply):
    site.pages["/"] = answer(page("Teapots", og("image", "/teapot.png")))
    site.pages["/teapot.png"] = reply
    found = seen(site, limits=SOON)
    assert (found.title, found.picture) == ("Teapots", None)


@pytest.mark.parametrize("way", ["{trap}/teapot.png", "//127.0.0.2:{port}/teapot.png", "/moved"])
def test_a_picture_from_inside_does_not_come(site, trap, way):
    goal = way.format(trap=trap.url("").rstrip("/"), port=trap.port)
    site.pages["/"] = answer(page("Teapots", og("image", goal)))
    site.pages["/moved"] = moved(trap.url("/teapot.png"))
    assert seen(site, network=network(site, trap)).picture is None
