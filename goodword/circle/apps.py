from django.apps import AppConfig


class CircleConfig(AppConfig):
    name = "goodword.circle"
    label = "circle"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import told

        for kind, sentence, url in told.KINDS:
            kinds.register(kind, sentence=sentence, url=url)
