"""What the component templates compute, and the markup of forms."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import engines
from django.utils.translation import override

from goodword.kit import ui
from goodword.kit.gallery import SampleForm
from goodword.kit.money import Money

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "sign"),
    [("林小满", "满"), ("Chen Yu 陈宇", "C"), ("zoë", "Z"), ("🍵", "·"), ("", "·"), ("(安)", "安")],
)
def test_a_face_without_a_picture_shows_the_name_in_one_sign(name: str, sign: str) -> None:
    assert ui.initial(name) == sign


def test_the_same_person_always_has_the_same_tint() -> None:
    assert ui.tint("lin") == ui.tint("lin")
    assert {ui.tint(str(n)) for n in range(200)} == set(range(8))


@pytest.mark.parametrize(
    ("money", "language", "parts"),
    [
        (Money(123456789, "CNY"), "zh-hans", ("¥", "1,234,567", ".89", "")),
        (Money(123456789, "CNY"), "en", ("CN¥", "1,234,567", ".89", "")),
        (Money(123456789, "JPY"), "en", ("¥", "123,456,789", "", "")),
        (Money(5, "EUR"), "en", ("€", "0", ".05", "")),
        (Money(-5, "EUR"), "en", ("-€", "0", ".05", "")),
    ],
)
def test_a_price_is_cut_into_its_parts(money: Money, language: str, parts: tuple[str, ...]) -> None:
    with override(language):
        assert ui.money_parts(money) == parts


def test_a_price_steps_at_each_change_and_holds_to_the_edge() -> None:
    points = [(NOON, Money(200, "CNY")), (NOON + timedelta(days=1), Money(100, "CNY"))]
    steps = ui.price_steps(points)
    assert steps.line == "M0 6.0H288.0V66.0H320"
    assert (steps.low, steps.high) == (Money(100, "CNY"), Money(200, "CNY"))


def test_a_price_that_never_changed_is_a_line_in_the_middle() -> None:
    assert ui.price_steps([(NOON, Money(100, "CNY"))]).line == "M0 36.0H320"


def rendered(source: str, **context: object) -> str:
    template = engines["jinja2"].from_string('{% import "kit/ui.html" as ui %}' + source)
    return template.render(context)


def test_an_input_is_tied_to_its_help_and_its_error() -> None:
    page = rendered("{{ ui.field(form.title) }}", form=SampleForm({"title": "far too long for it"}))
    assert 'for="id_title"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page


def test_what_members_write_is_escaped() -> None:
    page = rendered(
        '{{ ui.from_line(title, "/x") }}{{ ui.empty_state("leaf", title) }}'
        '{{ ui.tabs([("/x", title, true)], title) }}{{ ui.copy_field(title, title) }}',
        title='<b "x">',
    )
    assert "<b " not in page
    assert page.count("&lt;b &#34;x&#34;&gt;") == 6


@pytest.mark.parametrize(("count", "columns"), [(0, ""), (1, "grid9--1"), (9, "grid9--9")])
def test_the_grid_takes_none_to_nine_pictures(count: int, columns: str) -> None:
    picture = {"url": "/p.webp", "thumb_url": "/t.webp", "width": 800, "height": 600, "alt": ""}
    page = rendered("{{ ui.picture_grid(pictures) }}", pictures=[picture] * count)
    assert page.count("<a ") == page.count('loading="lazy"') == count
    assert columns in page
