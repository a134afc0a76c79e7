"""Copies of the book, and what has to be gone from it."""
