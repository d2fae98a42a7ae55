"""What JSON Lines hold as tables: for Excel, for SQL, for pandas.

``rows`` says what stands in which table; ``csv``, ``sqlite`` and ``xlsx`` write them. A document is never parsed again.
"""

from reportparse.export.write import FORMATS, export

__all__ = ["FORMATS", "export"]
