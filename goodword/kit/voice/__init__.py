"""Voice notes that people send: told apart by their bytes, decoded whole in a process of its own,
and encoded anew as the one kind that every browser plays. Kept is only what this package wrote.

It never trusts a file's name, content type or stated length, never keeps the file that was sent,
never loads a decoder into the process that answers pages, and knows nothing of who may hear a note:
the caller of `serve_voice` has decided that. Tables subclass `voice.models.VoiceRow`.
"""

from .admission import admit_voice
from .keeping import discard_voices, save_voice
from .serving import serve_voice
from .shapes import AdmittedVoice, VoiceLimits

__all__ = [
    "AdmittedVoice",
    "VoiceLimits",
    "admit_voice",
    "discard_voices",
    "save_voice",
    "serve_voice",
]
