"""A PDF becomes pictures of its pages, in a process of its own; the file itself is not kept."""

import io

import pytest
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from goodword.kit import blobs
from goodword.kit.papers import pages_of, save_papers
from goodword.kit.papers.refusals import TooManyBytes, TooManyPages, Unreadable
from goodword.kit.pictures.refusals import NotAPicture
from goodword.kit.pictures.shapes import FEED


def pdf(pages=1, size="width: 300pt, height: 400pt"):
    text = "#pagebreak()".join(["#rect(fill: red, width: 100%, height: 100%)"] * pages)
    return typst.compile(f"#set page({size}, margin: 0pt)\n{text}".encode(), format="pdf")


def rewritten(raw, change):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def test_each_page_is_drawn_and_a_picture_goes_its_own_way(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    saved = save_papers([pdf(pages=2), png()], most=6)
    assert len(saved) == 3
    store = blobs.store()
    with store.open(saved[0]["key"] + FEED[-1].suffix) as file:
        page = Image.open(file)
        assert page.format == "WEBP"
        red, green, _blue = page.convert("RGB").getpixel((page.width // 2, page.height // 2))
    assert red > 200 > green


def test_nothing_but_pixels_is_kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def arm(writer):
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('opened')"),
        })  # fmt: skip
        writer.add_attachment("virus.exe", b"MZ")

    save_papers([rewritten(pdf(), arm)], most=1)
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == len(FEED)
    for data in kept:
        assert data.startswith(b"RIFF")
        assert not any(sign in data for sign in (b"%PDF", b"alert", b"virus"))


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (pdf(pages=3), TooManyPages),
        (b"%PDF-1.7 and nothing that follows from it", Unreadable),
        (pdf()[:-400], Unreadable),
        (rewritten(pdf(), lambda writer: writer.encrypt("secret")), Unreadable),
        (b"%PDF-" + b"0" * (16 * 1024 * 1024), TooManyBytes),
    ],
    ids=["three pages", "no PDF", "cut off", "locked", "too large"],
)
def test_what_is_refused(raw, why):
    with pytest.raises(why):
        save_papers([raw], most=2)


def test_a_page_of_any_size_costs_the_same():
    (page,) = pages_of(pdf(size="width: 200pt, height: 14000pt"), most=1)
    assert Image.open(io.BytesIO(page)).size == (1074, 1520)


def test_several_files_share_the_most():
    with pytest.raises(TooManyPages):
        save_papers([pdf(pages=2), png()], most=2)


def test_what_is_neither_is_refused_as_a_picture():
    with pytest.raises(NotAPicture):
        save_papers([b"<html>%PDF-1.7"], most=2)
