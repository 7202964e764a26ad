"""Small tunes for the town's voice notes, plucked on a string that is nothing but numbers.

The string is Karplus's and Strong's (1983): a noise as long as one period runs in a circle and is
smoothed a little at each turn, so that it rings and dies away like a string.
"""

import io
import re
import wave
from array import array
from random import Random

RATE = 16_000  # samples a second
RING = 1.6  # seconds that a string is let ring
LOUD = 9000.0
_STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_NOTE = re.compile(r"([a-g-])([2-6]?)(?:\*([0-9.]+))?")


def played(notes: str, *, beat: float, seed: int) -> bytes:
    """A WAV of `notes`: "e4 g4*2 -" is an E for one beat, a G for two, a rest; `beat` in seconds.

    Raises ValueError for what is no note. The same arguments give the same bytes.
    """
    chance = Random(seed)  # noqa: S311  # a sound, no secret
    score = [_read(note) for note in notes.split()]
    length = sum(beats for _hertz, beats in score) * beat + RING
    sound = [0.0] * int(length * RATE)
    at = 0.0
    for hertz, beats in score:
        if hertz:
            start = int(at * RATE)
            for place, one in enumerate(_string(hertz, chance), start):
                sound[place] += one
        at += beats * beat
    return _wav(sound)


def _read(note: str) -> tuple[float, float]:
    """Hertz (0 for a rest) and beats."""
    found = _NOTE.fullmatch(note)
    if found is None or (found[1] == "-") == bool(found[2]):
        raise ValueError(f"{note!r} is no note")
    beats = float(found[3] or 1)
    if found[1] == "-":
        return 0.0, beats
    steps = _STEPS[found[1]] + 12 * (int(found[2]) - 4) - 9  # from the A of 440 hertz
    return 440 * 2 ** (steps / 12), beats


def _string(hertz: float, chance: Random) -> list[float]:
    period = round(RATE / hertz)
    string = [chance.uniform(-LOUD, LOUD) for _ in range(period)]
    rung: list[float] = []
    for _turn in range(int(RING * RATE) // period):
        rung += string
        turned = string[1:] + string[:1]
        string = [0.498 * (one + other) for one, other in zip(string, turned, strict=True)]
    return rung


def _wav(sound: list[float]) -> bytes:
    samples = array("h", (max(-32767, min(32767, int(one))) for one in sound))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return out.getvalue()
