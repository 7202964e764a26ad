"""Every gateway's bench."""

from .played import SandboxBench
from .stripe_bench import StripeBench

BENCHES = [SandboxBench, StripeBench]
