"""What JSON Lines hold in other forms: for Excel, for SQL, for pandas and DuckDB. A document is never parsed again.

``rows`` says what stands in which table, ``wide`` which figures of a report stand in its row; ``csvs``, ``sqlite``, ``workbook``,
``parquet`` and ``separate`` write them.
"""

from reportparse.export.corrected import Corrections
from reportparse.export.documents import Progress
from reportparse.export.forms import FORMATS, export, form_of, in_the_way, missing_for
from reportparse.export.wide import wanted
from reportparse.export.written import Written

__all__ = ["FORMATS", "Corrections", "Progress", "Written", "export", "form_of", "in_the_way", "missing_for", "wanted"]
