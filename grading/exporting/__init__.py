"""Out of the book: the LMS's files, the feedback, tables; and one group on the screen."""
