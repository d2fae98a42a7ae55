"""An archive of reports: every input accounted for exactly once, as parsed or as failed with a reason.

``inputs`` lists what there is, in folders, ``archives`` and ``sources``; ``intake`` gives each document its name and hash;
``workers`` parses in processes of their own, so that a document that crashes, hangs or eats memory costs itself alone, and
``cluster`` on many machines; ``journal`` knows what is done, so that a run that was stopped at any moment goes on where it was;
``between`` lays the reports of one body beside one another;
``run`` puts them together, and ``overview`` is the page that it leaves. ``frames`` is for whoever has an engine already.
"""

from reportparse.batch.between import Between, Cited, between
from reportparse.batch.frames import FRAME_SCHEMA, FrameParser
from reportparse.batch.journal import LINES, is_output
from reportparse.batch.run import (
    FILES,
    PAGE,
    WORST_FIRST,
    Progress,
    Settings,
    Summary,
    link_pages,
    run,
    status,
)
from reportparse.batch.workers import Engine, Limits

__all__ = [
    "FILES",
    "FRAME_SCHEMA",
    "LINES",
    "PAGE",
    "WORST_FIRST",
    "Between",
    "Cited",
    "Engine",
    "FrameParser",
    "Limits",
    "Progress",
    "Settings",
    "Summary",
    "between",
    "is_output",
    "link_pages",
    "run",
    "status",
]
