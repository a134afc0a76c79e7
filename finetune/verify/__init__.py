"""`finetune verify`: do data, run, adapter and predictions speak of one another?

It walks the records link by link and holds the files that it is given against them. It shows consistency, not honesty:
whoever owns the files can make all of them anew.
"""

from finetune.verify.shown import as_json, as_text
from finetune.verify.verification import Verification, verify

__all__ = ["Verification", "as_json", "as_text", "verify"]
