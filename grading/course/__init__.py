"""course.toml → `Course`: what a homework is, in one file."""
