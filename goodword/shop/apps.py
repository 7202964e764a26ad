from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "goodword.shop"
    label = "shop"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import told

        for name, label in told.GROUPS.items():
            kinds.register_group(name, label=label, mail=True, vital=True)
        for kind, sentence in told.SENTENCES.items():
            kinds.register(kind, sentence=sentence, url=told.quote_page, group="shop.quotes")
