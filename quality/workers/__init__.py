"""Measuring in supervised processes.

pool.py    the parent: jobs in, results out, in whatever order they come
child.py   one process as the parent sees it: started, given a deadline, killed, reaped
worker.py  the process itself
"""

from quality.workers.pool import Job, Result, keeping, measure

__all__ = ["Job", "Result", "keeping", "measure"]
