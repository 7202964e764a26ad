from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "goodword.shop"
    label = "shop"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import papers, told
        from .sellers import desk
        from .sellers import told as sellers

        for name, label in told.GROUPS.items():
            kinds.register_group(name, label=label, mail=True, vital=True)
        for kind, sentence in told.SENTENCES.items():
            kinds.register(kind, sentence=sentence, url=told.quote_page, group="shop.quotes")
        kinds.register_group(sellers.GROUP, label=sellers.LABEL, mail=True, vital=True)
        for kind, (words, url) in sellers.SENTENCES.items():
            kinds.register(kind, sentence=words, url=url, group=sellers.GROUP)
        desk.lay_out()
        for kind, sentence in told.PLANNED.items():
            kinds.register(kind, sentence=sentence, url=told.plan_page, group="shop.plans")
        papers.lay_out()
