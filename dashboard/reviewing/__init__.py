"""The queue of rows to look at, what a reviewer says of one, and the conflict of two who say it at once."""
