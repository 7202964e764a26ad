"""How often the doors of this domain may be used; signing in has allauth's limits, in `shelf`."""

from datetime import timedelta
from typing import TypedDict


class Limit(TypedDict):
    limit: int
    per: timedelta


FACES: Limit = {"limit": 20, "per": timedelta(hours=1)}
TOKENS: Limit = {"limit": 20, "per": timedelta(hours=1)}
# Wrong bearer tokens from one address; 256 random bits need no more, but logs and logs' readers do.
WRONG_TOKENS: Limit = {"limit": 30, "per": timedelta(minutes=1)}
