"""What every page that is opened by double click needs: data that end no script, a policy that runs nothing else, names that
cannot pass for others.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256

__all__ = ["MARKS", "policy_hash", "script_json", "shown", "whole"]

_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
MARKS = {code: f"[U+{code:04X}]" for code in (*range(0x20), *range(0x7F, 0xA0), *_BIDI)}
"""Characters that are not seen, or turn the direction of writing, and what is shown for each."""
_IN_A_LINE = MARKS | dict.fromkeys(map(ord, "\t\n\r"), " ")


def shown(text: str) -> str:
    """A name whose marks that turn the direction of writing are to be seen, so that it cannot pass for another one."""
    return whole(text).translate(_IN_A_LINE)


def whole(text: str) -> str:
    """The text with U+FFFD for halves of surrogate pairs, which UTF-8 cannot hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def script_json(value: object) -> str:
    """JSON that can stand in a script element: nothing in it ends one."""
    return whole(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).translate(_SAFE)


def policy_hash(text: str) -> str:
    """What the page's policy knows a script or a style by."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
