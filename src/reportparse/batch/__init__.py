"""An archive of reports: every input accounted for exactly once, as parsed or as failed with a reason.

``workers`` parses in processes of their own, so that a document that crashes, hangs or eats memory costs itself alone;
``journal`` knows what is done, so that a run that was stopped at any moment goes on where it was; ``inputs`` lists what
there is; ``run`` puts them together.
"""

from reportparse.batch.run import Progress, Settings, Summary, run, status

__all__ = ["Progress", "Settings", "Summary", "run", "status"]
