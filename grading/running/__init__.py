"""`grading run`: every group scored, compared, and written into the book; what is known is not done again."""
