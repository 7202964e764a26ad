"""The events process: nothing but the live stream."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.site.settings")
django.setup()

from goodword.reach.stream import application  # noqa: E402

__all__ = ["application"]
