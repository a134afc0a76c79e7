"""Report formats, one file each: Document → text."""
