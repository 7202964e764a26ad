from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "goodword.people"
    label = "people"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import queries, refusals, told

        kinds.register(refusals.KIND, sentence=told.address_refused, url=told.addresses)
        kinds.introduce(queries.members)
