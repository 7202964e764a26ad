"""Every gateway's bench."""

from .played import SandboxBench

BENCHES = [SandboxBench]
