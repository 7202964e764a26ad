"""Alipay: an optional extra (`goodword[alipay]`)."""

from .machine import Alipay

__all__ = ["Alipay"]
