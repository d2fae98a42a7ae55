"""Where the files beside the code are: the vocabulary, the built-in packs, the tables of regions and of classes.

By path, since ``importlib.resources`` takes longer to import than all of them take to read.
"""

from __future__ import annotations

import os

__all__ = ["data_path", "read_data"]

_FOLDER = os.path.dirname(__file__)


def data_path(*parts: str) -> str:
    """The path of a file or folder of the package."""
    return os.path.join(_FOLDER, *parts)


def read_data(*parts: str) -> str:
    """The text of a file of the package."""
    with open(data_path(*parts), encoding="utf-8") as file:
        return file.read()
