"""One page for each group: what was good, what to fix, and where the guide says so."""
