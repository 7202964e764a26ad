"""What is sealed is read here, for the same purpose, within its time; and by nobody else."""

from datetime import timedelta

import pytest
import time_machine

from goodword.kit.sealing import Sealed, seal, unseal

DAY = timedelta(days=1)


def test_only_the_purpose_opens_it():
    token = seal("门开着", purpose="door")
    assert "门" not in token
    assert unseal(token, purpose="door") == "门开着"
    with pytest.raises(Sealed):
        unseal(token, purpose="window")


def test_only_the_secret_opens_it(settings):
    token = seal("open", purpose="door")
    settings.SECRET_KEY, before = "another house", settings.SECRET_KEY
    with pytest.raises(Sealed):
        unseal(token, purpose="door")
    settings.SECRET_KEY_FALLBACKS = [before]
    assert unseal(token, purpose="door") == "open"


def test_a_changed_letter_spoils_it():
    token = seal("open", purpose="door")
    for changed in (token[:-9] + "AAAAAAAA=", "", "open"):
        with pytest.raises(Sealed):
            unseal(changed, purpose="door")


def test_its_time_runs_out():
    with time_machine.travel("2026-05-04 12:00Z", tick=False) as clock:
        token = seal("open", purpose="door")
        clock.shift(DAY)
        assert unseal(token, purpose="door", within=DAY) == "open"
        clock.shift(1)
        with pytest.raises(Sealed):
            unseal(token, purpose="door", within=DAY)
        assert unseal(token, purpose="door") == "open"
