"""Every gateway's bench."""

from .alipay_bench import AlipayBench
from .played import SandboxBench
from .stripe_bench import StripeBench
from .transfer_bench import TransferBench
from .wechat_bench import WechatBench

BENCHES = [SandboxBench, TransferBench, StripeBench, WechatBench, AlipayBench]
