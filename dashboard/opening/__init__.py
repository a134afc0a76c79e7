"""A path → a site: a report or a grade book indexed, with all that the pages need."""
