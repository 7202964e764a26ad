"""Files are whole or absent, private, and only where their keys say."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kit import blobs
from goodword.kit.blobs import NoSuchFile, Store, TooManyStrays


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "media" / "files")


def files(store: Store) -> list[str]:
    return sorted(path.name for path in store.root.rglob("*") if path.is_file())


def mode(path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def aged(store: Store, key: str, age: timedelta) -> datetime:
    """Makes the file old; returns the time at which it was written."""
    written = datetime(2026, 1, 1, tzinfo=UTC) - age
    os.utime(store.root / key[:2] / key[2:4] / key, (written.timestamp(), written.timestamp()))
    return written


def test_what_was_put_can_be_opened(store):
    key = store.put(b"porcelain", suffix=".webp")
    with store.open(key) as file:
        assert file.read() == b"porcelain"
    assert store.path(key).parent == store.root / key[:2] / key[2:4]
    assert files(store) == [key]


def test_the_same_bytes_get_another_key_each_time(store):
    keys = {store.put(b"same", suffix=".webp") for _ in range(50)}
    assert len(keys) == 50
    assert len({key[:2] for key in keys}) > 10


def test_parts_that_belong_together_share_a_stem(store):
    stem = store.put_all({".small.webp": b"s", ".large.webp": b"l"})
    assert files(store) == [f"{stem}.large.webp", f"{stem}.small.webp"]


def test_only_the_owner_may_look(store):
    before = os.umask(0)
    try:
        key = store.put(b"private", suffix=".webp")
    finally:
        os.umask(before)
    path = store.path(key)
    assert mode(path) == 0o600
    for folder in (path.parent, path.parent.parent, store.root, store.root.parent):
        assert mode(folder) == 0o700 or folder == store.root.parent


@pytest.mark.parametrize(
    "suffix", ["", "webp", "/x.webp", ".we/bp", "..", ".a.b.c", ".WEBP", ".\n"]
)
def test_a_suffix_is_a_suffix(store, suffix):
    with pytest.raises(ValueError, match="cannot end a key"):
        store.put(b"x", suffix=suffix)
    assert not store.root.exists()


NO_KEYS = [
    "",
    "../../../etc/passwd",
    "/etc/passwd",
    "a" * 32,
    "a" * 31 + ".webp",
    "A" * 32 + ".webp",
    "a" * 32 + "/../x.webp",
    "a" * 32 + ".webp\n",
    "a" * 32 + ".webp\0",
    "a" * 32 + ".webp/x",
]


@pytest.mark.parametrize("key", NO_KEYS)
def test_what_is_no_key_looks_like_a_missing_file(store, key):
    for use in (store.open, store.path, store.delete):
        with pytest.raises(NoSuchFile) as refusal:
            use(key)
        assert refusal.value.status == 404


@given(st.text(max_size=60))
def test_no_text_leads_out_of_the_folder(key):
    store = Store(blobs.Path("/nowhere/at/all"))
    try:
        path = store.path(key)
    except NoSuchFile:
        return
    assert path.resolve().is_relative_to("/nowhere/at/all")


def test_a_missing_file_is_refused_and_may_be_deleted(store):
    key = store.put(b"x", suffix=".webp")
    store.delete(key)
    store.delete(key)
    with pytest.raises(NoSuchFile):
        store.open(key)


def test_a_link_is_not_followed(store, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("key")
    key = store.put(b"x", suffix=".webp")
    store.path(key).unlink()
    store.path(key).symlink_to(secret)
    with pytest.raises(NoSuchFile):
        store.open(key)


def test_nothing_is_left_of_a_write_that_failed(store, monkeypatch):
    store.put(b"earlier", suffix=".webp")
    earlier = files(store)
    flush, calls = os.fsync, []

    def full_disk(handle):
        calls.append(handle)
        if stat.S_ISREG(os.fstat(handle).st_mode) and len(calls) > 1:
            raise OSError(28, "No space left on device")
        flush(handle)

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.put_all({".a.webp": b"a", ".b.webp": b"b", ".c.webp": b"c"})
    assert files(store) == earlier


def test_a_name_appears_only_when_its_bytes_are_on_the_disk(store, monkeypatch):
    flush, seen = os.fsync, []

    def look(handle):
        if stat.S_ISREG(os.fstat(handle).st_mode):
            seen.extend(files(store))
            assert os.fstat(handle).st_size == 5
        flush(handle)

    monkeypatch.setattr(os, "fsync", look)
    key = store.put(b"whole", suffix=".webp")
    assert seen == [f"{key}.part"]


def test_sweeping_takes_old_files_that_nobody_knows(store):
    cut = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=1)
    orphan, known, young = (store.put(b"x", suffix=".webp") for _ in range(3))
    stem = store.put_all({".small.webp": b"s", ".large.webp": b"l"})
    unfinished = store.path(orphan).with_name("0" * 32 + ".webp.part")
    unfinished.write_bytes(b"half")
    old, new = timedelta(days=2), timedelta(hours=2)
    for key in (orphan, known, f"{stem}.small.webp", f"{stem}.large.webp"):
        aged(store, key, old)
    os.utime(unfinished, (cut.timestamp() - 1, cut.timestamp() - 1))
    aged(store, young, new)
    kept = sorted([known, young, f"{stem}.small.webp", f"{stem}.large.webp"])
    assert store.sweep({known, stem}, older_than=cut) == 2
    assert files(store) == kept
    assert store.sweep({known, stem}, older_than=cut) == 0


def test_a_sweep_that_would_take_nearly_all_takes_none(store):
    keys = [store.put(b"x", suffix=".webp") for _ in range(30)]
    for key in keys:
        aged(store, key, timedelta(days=2))
    cut = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=1)
    with pytest.raises(TooManyStrays, match="No row names 30 of 30 files"):
        store.sweep(set(), older_than=cut, share=0.1)
    assert files(store) == sorted(keys)
    assert store.sweep(set(keys[20:]), older_than=cut, share=0.1) == 20
    assert files(store) == sorted(keys[20:])


def test_sweeping_leaves_foreign_files_alone(store):
    key = store.put(b"x", suffix=".webp")
    aged(store, key, timedelta(days=2))
    foreign = store.path(key).with_name("README")
    foreign.write_text("hands off")
    os.utime(foreign, (0, 0))
    assert store.sweep(set(), older_than=datetime(2026, 1, 1, tzinfo=UTC)) == 1
    assert files(store) == ["README"]


def test_sweeping_an_empty_instance(store):
    assert store.sweep(set(), older_than=datetime(2026, 1, 1, tzinfo=UTC)) == 0
