"""Why a picture is turned away, each as one sentence that says what to do."""

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid, TooLarge, Unsupported


class NotAPicture(Unsupported):
    """The bytes are of no kind that is taken, whatever the file's name says."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is not a picture we can read. Send a JPEG, PNG, WebP, GIF, HEIC or AVIF.")
        )


class RareKind(Unsupported):
    """The right container with a rare coding inside (12-bit JPEG, arithmetic coding, CgBI, …)."""

    def __init__(self) -> None:
        super().__init__(
            _("This picture is of a rare kind that we can't read. Save it as JPEG and send that.")
        )


class TooManyBytes(TooLarge):
    def __init__(self, limit: int) -> None:
        megabytes = max(1, limit // (1024 * 1024))
        super().__init__(
            _("This picture is larger than %(limit)d MB. Send a smaller one.")
            % {"limit": megabytes}
        )


class TooManyPixels(TooLarge):
    def __init__(self, width: int, height: int) -> None:
        super().__init__(
            _("This picture has %(width)d × %(height)d pixels, which is too many. Make it smaller.")
            % {"width": width, "height": height}
        )


class TooManyFrames(TooLarge):
    def __init__(self, frames: int) -> None:
        super().__init__(
            _("This moving picture has %(frames)d frames, which is too many. Send a shorter one.")
            % {"frames": frames}
        )


class Empty(Invalid):
    def __init__(self) -> None:
        super().__init__(_("This file is empty. Choose the picture again."))


class Incomplete(Invalid):
    """The bytes end before the picture does."""

    def __init__(self) -> None:
        super().__init__(
            _("This picture is incomplete, as if it had been cut off on the way. Send it again.")
        )


class Damaged(Invalid):
    """The bytes contradict themselves or the format."""

    def __init__(self) -> None:
        super().__init__(
            _("This picture is damaged and can't be opened. Save it anew as JPEG or PNG.")
        )


class SomethingHidden(Invalid):
    """Another file, or a program, travels inside the picture's file."""

    def __init__(self) -> None:
        super().__init__(
            _("Something else is hidden inside this picture's file. Save it anew as JPEG or PNG.")
        )
