"""Connections on which the head of an answer must be there in time, however slowly it drips.

A socket's timeout begins anew with every byte, and the body of an answer has a deadline where it
is read; the head is read inside the standard library.
"""

from __future__ import annotations

import socket
from threading import Timer
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

SECONDS = 60.0


class _InTime:
    """A connection that is cut once the head of an answer has taken too long."""

    sock: Any

    def getresponse(self) -> Any:
        late = []

        def cut() -> None:
            late.append(True)
            self.sock.shutdown(socket.SHUT_RDWR)

        watch = Timer(SECONDS, cut)
        watch.daemon = True
        watch.start()
        try:
            return super().getresponse()  # type: ignore[misc]
        finally:
            watch.cancel()
            if late:  # what was read of it may look whole
                raise TimeoutError


class _Plain(_InTime, HTTPConnection):
    pass


class _Secure(_InTime, HTTPSConnection):
    pass


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure


def in_time(pools: urllib3.PoolManager) -> urllib3.PoolManager:
    """The same, with such connections."""
    pools.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
    return pools
