"""The sandbox gateway: ours, the default, and behaving like a machine that is not."""

from .machine import Sandbox

__all__ = ["Sandbox"]
