"""What leaves the course by the page: `grading export` as a whole, and the files that it made."""
