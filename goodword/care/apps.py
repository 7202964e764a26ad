from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    name = "goodword.care"
    label = "care"

    def ready(self) -> None:
        from goodword.money.banking import deposit
        from goodword.notices import kinds
        from goodword.orders import cases, story
        from goodword.shop import standing as shops

        from . import desk, queries, standing, told
        from .looking import Care

        kinds.register_group("care", label=_("Returns and disputes"), mail=True, vital=True)
        for kind, sentence in told.NOTICES.items():
            kinds.register(kind, sentence=sentence, url=told.page, group="care")
        story.also(told.TELLERS)
        cases.register(Care())
        desk.lay_out()
        shops.register(standing.count)
        deposit.OPEN.append(queries.is_open_against)
