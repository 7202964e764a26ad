"""The two ways in which a whole file is turned away; everything smaller is a Refusal of its row."""

from goodword.kit.errors import Invalid, TooLarge

from .messages import Message, Value, say


class Unreadable(Invalid):
    """No listing can be read from this file; nothing was imported."""

    def __init__(self, code: str, **values: Value) -> None:
        self.message: Message = say(code, **values)
        super().__init__(self.message.sentence)


class TooBig(TooLarge):
    """More bytes or items than one import takes."""

    def __init__(self, code: str, **values: Value) -> None:
        self.message: Message = say(code, **values)
        super().__init__(self.message.sentence)
