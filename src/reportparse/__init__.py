"""reportparse: published reports of Chinese public bodies → typed JSON that says where each number stands."""

from reportparse.errors import PackError, ReadError, ReportParseError
from reportparse.parse import parse
from reportparse.report import Report

__version__ = "0.1.0"
__all__ = ["PackError", "ReadError", "Report", "ReportParseError", "__version__", "parse"]
