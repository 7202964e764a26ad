"""Short ways to write listings down: values, variants, prices that changed."""

from itertools import product

from goodword.ops.demo.town.shapes import Evidence, Picture, Price, Text, Variant

Value = tuple[str, Text]

COLOURS: dict[str, Text] = {
    "cognac": Text("焦糖棕", "Cognac"),
    "black": Text("黑", "Black"),
    "navy": Text("海军蓝", "Navy"),
    "olive": Text("橄榄绿", "Olive"),
    "burgundy": Text("酒红", "Burgundy"),
    "cream": Text("奶油白", "Cream"),
    "mustard": Text("芥末黄", "Mustard"),
    "sage": Text("鼠尾草绿", "Sage"),
}
WOODS: dict[str, Text] = {
    "oak": Text("白橡", "White oak"),
    "walnut": Text("黑胡桃", "Walnut"),
    "cherry": Text("樱桃木", "Cherry"),
    "ash": Text("白蜡", "Ash"),
    "elm": Text("老榆木", "Old elm"),
}
GLAZES: dict[str, Text] = {
    "celadon": Text("梅子青", "Plum green"),
    "sky": Text("雨过天青", "Sky after rain"),
    "white": Text("月白", "Moon white"),
    "ink": Text("玄青", "Ink"),
    "sand": Text("驼沙", "Sand"),
    "rose": Text("霁红", "Clearing rose"),
    "moss": Text("苔绿", "Moss"),
    "plum": Text("茄皮紫", "Aubergine"),
}


def since(days: int, minor: int, *later: tuple[int, int]) -> tuple[Price, ...]:
    """The price from `days` ago, then each later (days ago, price)."""
    return (Price(days, minor), *(Price(day, price) for day, price in later))


def only(prices: tuple[Price, ...], stock: int, code: str = "") -> tuple[Variant, ...]:
    """The one variant of a listing without options."""
    return (Variant(key="one", values=(), prices=prices, stock=stock, code=code),)


def variant(key: str, zh: str, en: str, prices: tuple[Price, ...], stock: int) -> Variant:
    """A variant of a listing with a single option."""
    return Variant(key=key, values=(Text(zh, en),), prices=prices, stock=stock)


def grid(
    first: dict[str, tuple[Text, int]],
    second: dict[str, tuple[Text, int]],
    *,
    days: int,
    stock: int,
    gone: tuple[str, ...] = (),
) -> tuple[Variant, ...]:
    """Every pair of two options; their prices add up; the `gone` ones have none left."""
    made = []
    for (a, (text, base)), (b, (other, more)) in product(first.items(), second.items()):
        key = f"{a}-{b}"
        made.append(
            Variant(
                key=key,
                values=(text, other),
                prices=since(days, base + more),
                stock=0 if key in gone else stock,
                code=key,
            )
        )
    return tuple(made)


def paper(kind: str, picture: Picture, audience: str = "everyone") -> Evidence:
    return Evidence(kind=kind, picture=picture, audience=audience)
