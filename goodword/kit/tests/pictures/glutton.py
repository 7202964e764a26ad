"""Run by test_fuzzing as a process: admits every file of a folder, tells what it took."""

import json
import sys
import time
from pathlib import Path

from django.conf import settings

settings.configure(USE_I18N=False)

from goodword.kit.errors import Refused  # noqa: E402
from goodword.kit.pictures import admit  # noqa: E402
from goodword.kit.tests.pictures.making import good  # noqa: E402


def peak() -> int:
    # Not getrusage: its maximum starts with what the parent had when it forked.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def main(folder: Path) -> None:
    for kind in ("JPEG", "HEIF", "AVIF", "PNG"):  # everything loaded
        admit(good(kind))
    before, answers, seconds = peak(), [], 0.0
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        start = time.process_time()
        try:
            admit(data)
            answers.append("")
        except Refused as refusal:
            answers.append(str(refusal))
        seconds = max(seconds, time.process_time() - start)
    found = {"megabytes": peak() - before, "seconds": seconds, "answers": answers}
    json.dump(found, sys.stdout)


main(Path(sys.argv[1]))
