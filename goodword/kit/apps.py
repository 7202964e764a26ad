from django.apps import AppConfig
from psycopg import _queries

# A page's statement has 21,000 letters. Beyond 4,096, psycopg looks for its slots anew at each use,
# which takes 0.4 ms of a timeline's 3 (docs/decisions/0006-speed.md).
LONGEST = 65_536


class KitConfig(AppConfig):
    name = "goodword.kit"
    label = "kit"

    def ready(self) -> None:
        _queries.MAX_CACHED_STATEMENT_LENGTH = LONGEST
