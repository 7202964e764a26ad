"""Why a voice note is turned away, each as one sentence that says what to do."""

from datetime import timedelta

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid, TooLarge, Unsupported


class NotARecording(Unsupported):
    """The bytes are of no kind that is taken, whatever the file's name says."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is not a recording we can read. Send a WebM, Ogg, M4A, MP3 or WAV.")
        )


class RareKind(Unsupported):
    """The right container with a rare coding inside, or odd rates or channels."""

    def __init__(self) -> None:
        super().__init__(
            _("This recording is of a rare kind that we can't read. Save it as MP3 and send that.")
        )


class AFilm(Unsupported):
    def __init__(self) -> None:
        super().__init__(_("There are pictures in this recording. Send the sound alone."))


class SeveralTracks(Invalid):
    def __init__(self) -> None:
        super().__init__(_("There are several tracks in this recording. Send one alone."))


class TooManyBytes(TooLarge):
    def __init__(self, limit: int) -> None:
        megabytes = max(1, limit // (1024 * 1024))
        super().__init__(
            _("This recording is larger than %(limit)d MB. Send a shorter one.")
            % {"limit": megabytes}
        )


class TooLong(TooLarge):
    def __init__(self, longest: timedelta) -> None:
        super().__init__(
            _("This recording is longer than %(limit)d seconds. Send a shorter one.")
            % {"limit": int(longest.total_seconds())}
        )


class TooShort(Invalid):
    def __init__(self) -> None:
        super().__init__(_("This recording is too short to be heard. Record it again."))


class Empty(Invalid):
    def __init__(self) -> None:
        super().__init__(_("This file is empty. Record it again."))


class Incomplete(Invalid):
    """The bytes end before the recording does."""

    def __init__(self) -> None:
        super().__init__(
            _("This recording is incomplete, as if it had been cut off on the way. Send it again.")
        )


class Damaged(Invalid):
    """The bytes contradict themselves or the format, or decoding them takes far too much."""

    def __init__(self) -> None:
        super().__init__(_("This recording is damaged and can't be played. Record it again."))


class SomethingHidden(Invalid):
    """Another file, or a program, travels inside the recording's file."""

    def __init__(self) -> None:
        super().__init__(
            _("Something else is hidden inside this recording's file. Record it again.")
        )
