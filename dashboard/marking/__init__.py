"""One group's grade in full, and a person's marks on it."""
