"""What every page must keep, wherever it is rendered: import `faults` in any domain's tests."""

from html.parser import HTMLParser

DATA = {"application/json", "application/ld+json"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.unlabelled: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style":
            self.faults.append("<style>")
        if tag == "script" and "src" not in given and given.get("type") not in DATA:
            self.faults.append("inline <script>")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if value.strip().lower().startswith("javascript:"):
                self.faults.append(f"<{tag} {name}={value!r}>")
        if tag == "form" and given.get("method", "get").lower() == "post":
            self.posts = True
        if name := given.get("id"):
            if name in self.ids:
                self.faults.append(f"id {name!r} twice")
            self.ids.add(name)


def faults(html: str) -> list[str]:
    """What `html` has that our Content-Security-Policy would refuse, and ids that stand twice."""
    reader = _Reader()
    reader.feed(html)
    return reader.faults
