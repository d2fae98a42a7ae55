"""Pages on which a person reads a report beside what was read of it, and judges that."""

from reportparse.review.folder import INDEX, Failed, Pages, Source, find_source, write_folder, write_page

__all__ = ["INDEX", "Failed", "Pages", "Source", "find_source", "write_folder", "write_page"]
