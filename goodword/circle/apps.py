from django.apps import AppConfig


class CircleConfig(AppConfig):
    name = "goodword.circle"
    label = "circle"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import queries, told

        kinds.call(queries.nicknames)
        for name, label, mail in told.GROUPS:
            kinds.register_group(name, label=label, mail=mail)
        for kind, sentence, url in told.KINDS:
            kinds.register(
                kind,
                sentence=sentence,
                url=url,
                group=told.GROUP_OF.get(kind, "circle.answers"),
                crowd=told.CROWDS.get(kind),
                stands=told.STANDS.get(kind, ""),
            )
