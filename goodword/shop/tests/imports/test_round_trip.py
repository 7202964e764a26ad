"""What is written is read again, in every encoding; what is rubbish is refused, never a crash."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goodword.kit.errors import Refused
from goodword.shop.imports import Reading, read
from goodword.shop.imports.letters import SIMPLIFIED, TRADITIONAL

from .lookalike import CHINESE, COLOUR, MOJIBAKE, SIZE, item, taobao_file, taobao_text

LATIN = "abcXYZ0189 -_.,!?()/\"'&+#%：，。！（）"
BIG5 = "".join(c for c in TRADITIONAL if c.encode("big5", errors="ignore"))

ENCODINGS = [
    ("utf-8", True),
    ("utf-8", False),
    ("utf-16-le", True),
    ("utf-16-le", False),
    ("utf-16-be", True),
    ("utf-16-be", False),
    ("gb18030", False),
    ("big5hkscs", False),
]


def lines(letters: str, size: int):
    return (
        st.text(alphabet=letters + LATIN, min_size=1, max_size=size)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: text.strip("\"'= "))
    )


@st.composite
def catalogues(draw, letters: str):
    """Items with up to 3 × 2 variants, unique titles, as (cells, what must be read)."""
    titles = draw(st.lists(lines(letters, 30), min_size=1, max_size=5, unique_by=str.casefold))
    return [draw(_entries(title, letters)) for title in titles]


@st.composite
def _entries(draw, title: str, letters: str):
    word = st.text(alphabet=letters, min_size=1, max_size=6)
    colours = draw(st.lists(word, max_size=3, unique=True))
    sizes = draw(st.lists(word, min_size=1, max_size=2, unique=True)) if colours else []
    paragraphs = draw(st.lists(lines(letters, 40), max_size=3))
    wanted = []
    skus = ""
    for c, colour in enumerate(colours):
        for s, size in enumerate(sizes):
            fen, pieces = draw(st.integers(1, 10**7)), draw(st.integers(0, 10**5))
            price = f"{fen // 100}.{fen % 100:02}"
            skus += f"{price}:{pieces}::{COLOUR}:-{1001 + c};{SIZE}:{28313 + s};"
            wanted.append(((("颜色", colour), ("尺码", size)), fen, pieces))
    cells = item(
        title,
        description="\n".join(f"<p>{_escaped(line)}</p>" for line in paragraphs),
        skuProps=skus,
        input_custom_cpv="".join(f"{COLOUR}:-{1001 + c}:{n};" for c, n in enumerate(colours)),
        propAlias="".join(f"{SIZE}:{28313 + s}:{n};" for s, n in enumerate(sizes)),
        outer_id=draw(st.sampled_from(["", "A-1", "007"])),
        location_state="",
        location_city="",
        subtitle="一器一色，手工拉坯，每一件都有自己的名字",
    )
    return cells, title, "\n".join(paragraphs), wanted


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), delimiter=st.sampled_from("\t,"), third=st.booleans())
def test_a_catalogue_survives(encoding, mark, data, delimiter, third):
    legacy = encoding in ("gb18030", "big5hkscs")
    letters = BIG5 if encoding == "big5hkscs" else SIMPLIFIED
    entries = data.draw(catalogues(letters))
    third_row = None if encoding == "big5hkscs" else CHINESE if legacy or third else MOJIBAKE
    found = read(
        taobao_file(
            [cells for cells, *_rest in entries],
            encoding=encoding,
            mark=mark,
            delimiter=delimiter,
            third_row=third_row,
        )
    )
    assert found.encoding == encoding
    assert found.refusals == ()
    for draft, (cells, title, description, wanted) in zip(found.drafts, entries, strict=True):
        assert (draft.title, draft.description_text) == (title, description)
        assert draft.seller_code == cells["outer_id"]
        assert [(one.options, one.price_minor, one.stock) for one in draft.variants] == wanted
    assert len({draft.key for draft in found.drafts}) == len(entries)


def attempt(data: bytes) -> Reading | None:
    found, sentence = None, ""
    try:
        found = read(data, filename="x")
    except Refused as refused:
        sentence = str(refused)
    if found is None:
        assert sentence
        return None
    assert len(found.drafts) + len(found.refusals) > 0
    said = [*found.notices, *found.refusals, *(n for d in found.drafts for n in d.notices)]
    assert all(one.sentence for one in said)
    assert "\x00" not in repr([draft.description_text + draft.title for draft in found.drafts])
    return found


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf\xff")
def test_random_bytes_are_refused_with_a_sentence(data):
    assert attempt(data) is None


HEAD = taobao_text([], third_row=None).encode()
NOISE = st.lists(
    st.sampled_from(
        ["\t", "\n", '"', '""', ":", ";", "|", "1", "-1", "茶", "<p>", "\x00", "\ufffd"]
    )
    | st.text(max_size=6),
    max_size=80,
).map("".join)


@given(NOISE, st.sampled_from(["\t" * 62, "\t茶\t", ""]))
def test_random_text_below_a_true_header_never_crashes(noise, middle):
    attempt(HEAD + (noise + middle + noise).encode("utf-8", errors="replace"))


CELLS = """title price num description skuProps propAlias picture input_custom_cpv inputPids
    inputValues num_id post_fee sku_barcode"""


@given(st.dictionaries(st.sampled_from(CELLS.split()), NOISE))
def test_random_cells_cost_at_most_their_row(cells):
    items = [item("甲"), {**item("乙"), **cells}, item("丙")]
    found = attempt(taobao_file(items, encoding="utf-8"))
    assert found is not None
    assert (found.drafts[0].title, found.drafts[-1].title) == ("甲", "丙")


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
    st.sampled_from(ENCODINGS),
)
def test_a_file_with_flipped_bytes_never_crashes(flips, how):
    encoding, mark = how
    third_row = None if encoding == "big5hkscs" else CHINESE
    data = bytearray(
        taobao_file(
            [item("茶", location_state="", location_city="")] * 2,
            encoding=encoding,
            mark=mark,
            third_row=third_row,
        )
    )
    for at, value in flips:
        data[at % len(data)] = value
    attempt(bytes(data))
