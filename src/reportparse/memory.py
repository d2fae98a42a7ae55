"""How much memory a process may take, where the system can hold it to that, and what it says when that was not enough.

Of a file of a kilobyte a page can be made that takes any amount of memory, and the libraries that read it know no measure.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

__all__ = ["hold", "on_abort"]

_handlers: list[Any] = []
"""What C code calls must not be collected."""


def hold(megabytes: int) -> bool:
    """Let this process have so much more memory than it has now. False where the system has no such limit."""
    if sys.platform == "win32" or not os.path.exists("/proc/self/statm"):
        return False
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = now + megabytes * 1_000_000
    if most == resource.RLIM_INFINITY or limit < most:
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    return True


def on_abort(message: str, code: int) -> None:
    """Let a library that gives up for want of memory end the process with a message and this exit code.

    Python never hears of it: libraries in C call ``abort``, whose signal a handler of Python's would see too late.
    """
    said = f"{message}\n".encode()

    def end(_: int) -> None:
        os.write(2, said)
        os._exit(code)

    handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(end)
    _handlers.append(handler)
    library = ctypes.CDLL(None)
    library.signal.argtypes = (ctypes.c_int, ctypes.c_void_p)
    library.signal.restype = ctypes.c_void_p
    for number in (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL):
        library.signal(number, ctypes.cast(handler, ctypes.c_void_p))
