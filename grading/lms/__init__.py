"""The files of Moodle and Canvas: read as their sites write them, filled so that they read them again."""
