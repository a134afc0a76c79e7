"""What the user named → the site that the pages show: see `opening.py`."""

from dashboard.opening.opening import Ready, ready

__all__ = ["Ready", "ready"]
