"""WeChat Pay, APIv3: an optional extra (`goodword[wechatpay]`)."""

from .machine import WechatPay

__all__ = ["WechatPay"]
