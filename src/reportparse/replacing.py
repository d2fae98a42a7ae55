"""Whether a file may be replaced by another one: a name is given anew by whoever may write its folder, whatever the file itself says."""

from __future__ import annotations

import errno
import os
import stat

__all__ = ["require_writable"]


def require_writable(path: str | os.PathLike[str]) -> None:
    """Nothing that is there and may not be written is replaced.

    Raises:
        PermissionError: it may not be written, or nobody may: who marks a file as read-only means the administrator too.
        OSError: it cannot be seen.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode) and not (mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
