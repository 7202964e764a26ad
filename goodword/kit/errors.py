"""Refusals: one clear sentence that says what to do, with the HTTP status it means.

Actions raise them, translated when raised; views and the API only pass on `status` and the text.
Domains declare their own beside the code that raises them, as subclasses of these.
"""

from collections.abc import Mapping


class Refused(Exception):
    """Something was asked that the rules do not allow; nothing has changed."""

    status = 400

    def __init__(self, sentence: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = dict(fields or {})


class Forbidden(Refused):
    """The asker is known and may see the thing, but not do this to it."""

    status = 403


class NotFound(Refused):
    """Missing, or not for the viewer's eyes: the two must look the same."""

    status = 404


class Conflict(Refused):
    """The thing has changed meanwhile, or was already decided otherwise."""

    status = 409


class Gone(Refused):
    """It was there and has ended."""

    status = 410


class TooLarge(Refused):
    """More bytes than the house rules take."""

    status = 413


class Unsupported(Refused):
    """A kind of file that is not taken."""

    status = 415


class Invalid(Refused):
    """A value cannot be used; `fields` names it where a form has one."""

    status = 422


class TooMany(Refused):
    """Too often in too short a time; `retry_after` is in seconds."""

    status = 429

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Unavailable(Refused):
    """A machine that we need does not answer; trying again later may work."""

    status = 503
