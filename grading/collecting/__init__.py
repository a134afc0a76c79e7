"""For the course: the LMS's zip, its worksheet and the roster → hand-ins in the grade book."""
