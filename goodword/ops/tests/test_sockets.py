"""Callers are dealt out to several processes, and the address stays the house's own."""

import socket
import sys
from contextlib import ExitStack

import pytest

from goodword.ops.errors import PortTaken
from goodword.ops.up import sockets

CALLERS = 64


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one socket serves all")
def test_each_socket_gets_callers_and_nobody_else_the_address():
    with ExitStack() as held:
        first = held.enter_context(sockets.take("127.0.0.1", 0))
        port = first.getsockname()[1]
        several = sockets.shared_out(first, 2)
        assert several[0] is first
        held.enter_context(several[1])
        with pytest.raises(PortTaken):
            sockets.take("127.0.0.1", port)
        for _caller in range(CALLERS):
            held.enter_context(socket.create_connection(("127.0.0.1", port)))
        met = [waiting(one) for one in several]
        assert sum(met) == CALLERS
        assert min(met) > 0  # 64 callers on one side alone: once in 10^19 runs


def waiting(listening: socket.socket) -> int:
    listening.setblocking(False)
    count = 0
    while True:
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1
