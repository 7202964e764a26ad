"""Which of several workers takes what: a file stays with one, and what takes long begins.

What a file's tests share, a house, a browser, a world of rows, is so made once, and nobody is left
with minutes of work when all others are done.
"""

from typing import Any

from xdist.scheduler import LoadFileScheduling

# In these each test takes as long as other files.
APART = ("tests/simulation/test_simulation.py", "tests/kill/")
# Those that share a house, but for the pages, which look at one scene in it for minutes.
AT_HOME = ("tests/journeys/", "tests/api/test_conformance.py", "tests/api/test_files.py")
PAGES = "tests/journeys/test_pages.py"
LONG = (
    "tests/kill/", PAGES, "at home", "tests/simulation/", "tests/bench/",
    "goodword/ops/tests/test_up.py", "goodword/ops/tests/test_society.py",
    "goodword/ops/tests/test_demo.py", "goodword/kit/tests/postgres/", "tests/visibility/",
    "goodword/circle/tests/test_oracle.py",
    "goodword/reach/tests/test_oracle.py", "goodword/orders/tests/test_machine.py",
    "goodword/money/tests/test_machine.py", "goodword/money/tests/test_papers.py",
    "goodword/people/tests/test_journeys.py", "goodword/kit/tests/test_gallery.py",
    "goodword/kit/tests/voice/", "goodword/kit/tests/pictures/", "goodword/ops/tests/",
    "tests/floors/", "goodword/reach/tests/test_learning.py",
)  # fmt: skip


class Turns(LoadFileScheduling):  # type: ignore[misc]
    """Files by their turn; among equals first the one with the most tests."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        if file.startswith(APART):
            return nodeid
        return "at home" if file.startswith(AT_HOME) and file != PAGES else file

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=turn), last=False)
        super()._assign_work_unit(node)


def turn(scope: str) -> int:
    return next((at for at, part in enumerate(LONG) if scope.startswith(part)), len(LONG))
