"""Pictures drawn and let in by other processes, ahead of the moment that needs them.

They go through the same pipeline as everybody's, only in a greater hurry: the encoder looks less
long for the smallest file.
"""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from threading import Thread
from typing import Any

from django.db import connections

from goodword.kit.pictures import FEED, save_picture
from goodword.kit.voice import save_voice

from ..art import portraits, studio, tunes
from ..town.shapes import Person, Picture, Tune

HURRIED = tuple(replace(variant, effort=1) for variant in FEED)
SCALE = 5 / 6  # of the full size: a third less to draw, and hard to tell apart on any screen
AHEAD = 24  # pictures that wait drawn; more would only fill memory

Wanted = Person | Picture | Tune


class Studio:
    """Gives the pictures in the order in which they were asked for."""

    def __init__(self, pool: ProcessPoolExecutor, wanted: Iterable[Wanted], language: str) -> None:
        self._pool = pool
        self._wanted = iter(wanted)
        self._language = language
        self._waiting: deque[Future[Any]] = deque()
        for _place in range(AHEAD):
            self._ask()

    def next(self) -> Any:
        """The next one: bytes of a face, or the values of a saved picture or voice note."""
        self._ask()
        return self._waiting.popleft().result()

    def _ask(self) -> None:
        for one in self._wanted:
            self._waiting.append(self._pool.submit(draw, one, self._language))
            return


@contextmanager
def opened(wanted: Iterable[Wanted], language: str) -> Iterator[Studio]:
    """A studio with as many hands as the machine has; they are gone afterwards."""
    connections.close_all()  # what is open now would be open in every hand
    hands = ProcessPoolExecutor(
        max_workers=len(os.sched_getaffinity(0)),
        mp_context=get_context("fork"),
        initializer=bind,
        initargs=(os.getpid(),),
    )
    try:
        yield Studio(hands, wanted, language)
    finally:
        hands.shutdown(wait=True, cancel_futures=True)


def bind(employer: int) -> None:
    """A hand ends with whoever employs it, also when that one is killed."""

    def follow() -> None:
        while os.getppid() == employer:
            time.sleep(1)
        os._exit(1)

    os.nice(1)  # the stage should not wait for the processor
    Thread(target=follow, daemon=True).start()


def draw(one: Wanted, language: str) -> Any:
    if isinstance(one, Person):
        return face(one)
    if isinstance(one, Tune):
        return save_voice(tunes.played(one.notes, beat=one.beat, seed=one.seed))
    width, height = (round(side * SCALE) for side in one.size)
    raw = studio.draw(one.scene, seed=one.seed, width=width, height=height)
    return save_picture(raw, variants=HURRIED) | {"alt": one.alt.said(language)}


def face(person: Person) -> bytes:
    if person.picture:
        return studio.draw(person.picture.scene, seed=person.picture.seed, width=400, height=400)
    return portraits.portrait(person.face, seed=person.face_seed, size=400)
