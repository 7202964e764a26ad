"""What browsers keep for the time without a connection is nobody's."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from goodword.kit import clock
from goodword.people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin():
    return people.register(handle="lin", display_name="Lin Xiaoman", now=clock.now())


def test_the_page_is_the_same_for_a_member_and_a_stranger(lin):
    hers, strangers = Client(), Client()
    hers.force_login(lin)
    one, other = hers.get("/away"), strangers.get("/away")
    assert one.content == other.content
    assert "csrf" not in one.text
    assert "Goodword cannot be reached" in one.text


def test_the_worker_names_the_page_and_files_that_exist_and_changes_with_the_language():
    browser = Client()
    english = browser.get("/worker.js")
    chinese = browser.get("/worker.js", headers={"Accept-Language": "zh-CN"})
    assert english.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in english.headers["Cache-Control"]
    versions = [re.search(r'"version": "(\w+)"', one.text)[1] for one in (english, chinese)]
    assert versions[0] != versions[1]
    files = re.findall(r'"/static/([^"]+)"', english.text)
    assert len(files) > 5
    assert all(map(finders.find, files))
    assert browser.get("/away").status_code == 200
