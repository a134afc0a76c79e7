"""Rows and findings of a report, or of a whole course, in a file that is searched by page: see `index.py`."""

from dashboard.index.index import Index

__all__ = ["Index"]
