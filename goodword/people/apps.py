from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "goodword.people"
    label = "people"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import queries

        kinds.introduce(queries.members)
