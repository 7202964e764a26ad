"""The drawing studio gives the same bytes for the same seed, of the size that was asked for."""

import io

import pytest
from PIL import Image

from goodword.kit.voice import admit_voice
from goodword.ops.demo.art.faces import Face, bones
from goodword.ops.demo.art.portraits import portrait
from goodword.ops.demo.art.registry import SCENES
from goodword.ops.demo.art.studio import UnknownScene, draw, find
from goodword.ops.demo.art.tunes import played
from goodword.ops.demo.town import TOWN

SMALL = {"width": 96, "height": 72}
EVERY_LOOK = [f"{scene.name}/{look}" for scene in SCENES.values() for look in scene.looks]


def test_each_tune_of_the_town_is_a_voice_note_always_the_same():
    for tune in [moment.voice for moment in TOWN.life if moment.voice]:
        raw = played(tune.notes, beat=tune.beat, seed=tune.seed)
        assert raw == played(tune.notes, beat=tune.beat, seed=tune.seed)
        note = admit_voice(raw)
        assert 4 < note.duration.total_seconds() < 12
        assert max(note.peaks) > 60
        assert min(note.peaks) < max(note.peaks) / 3


@pytest.mark.parametrize("notes", ["h4", "a", "a9", "-4", "a4*x"])
def test_what_is_no_note_is_refused(notes):
    with pytest.raises(ValueError, match="no note"):
        played(notes, beat=0.3, seed=1)


def opened(raw: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(raw))
    picture.load()
    return picture


def test_there_are_scenes_enough_for_a_town():
    assert len(SCENES) >= 70


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_scene_draws_the_same_picture_again_and_another_for_another_seed(scene):
    first = draw(scene, seed=1, **SMALL)
    assert first == draw(scene, seed=1, **SMALL)
    assert len({first, *(draw(scene, seed=seed, **SMALL) for seed in (2, 3))}) == 3


@pytest.mark.parametrize("size", [(1080, 810), (810, 1080), (960, 960), (101, 333)])
def test_a_picture_has_exactly_the_size_asked_for(size):
    picture = opened(draw("harbour", seed=5, width=size[0], height=size[1]))
    assert picture.format == "JPEG"
    assert picture.mode == "RGB"
    assert picture.size == size


@pytest.mark.parametrize("scene", EVERY_LOOK)
def test_every_look_draws_a_picture_with_light_and_shade(scene):
    low, high = opened(draw(scene, seed=3, **SMALL)).convert("L").getextrema()
    assert high - low > 60


@pytest.mark.parametrize("scene", ["nowhere", "lake/purple", "", "Lake"])
def test_an_unknown_scene_or_look_is_refused(scene):
    with pytest.raises(UnknownScene):
        find(scene)


def test_looks_differ_from_each_other():
    pictures = {draw(f"lake/{look}", seed=1, **SMALL) for look in SCENES["lake"].looks}
    assert len(pictures) == len(SCENES["lake"].looks)


def test_a_hundred_people_have_a_hundred_faces_each_always_the_same():
    faces = [portrait(seed=seed, size=96) for seed in range(100)]
    assert len(set(faces)) == 100
    assert faces[7] == portrait(seed=7, size=96)
    assert opened(faces[7]).size == (96, 96)


@pytest.mark.parametrize("age", ["baby", "child", "young", "middle", "old"])
@pytest.mark.parametrize("style", ["f", "m"])
def test_every_age_can_be_painted(age, style):
    pictures = {portrait(Face(age=age, style=style), seed=seed, size=96) for seed in range(8)}
    assert len(pictures) == 8


def test_what_runs_in_a_family_runs_in_the_family_only():
    assert bones("lin") == bones("lin")
    assert bones("lin") != bones("zhou")


def test_what_is_known_of_a_face_is_kept():
    plain = Face(kin="lin", hair="bob", glasses="none", hat="none")
    assert portrait(plain, seed=1, size=96) != portrait(
        Face(kin="lin", hair="bob", glasses="round", hat="none"), seed=1, size=96
    )
