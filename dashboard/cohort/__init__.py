"""What the pages *Copying* and *Grades* show of a course, without streamlit: read, sorted, counted, laid out."""
