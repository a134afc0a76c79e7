"""A corrected cell → a new file beside the user's own, with its row checked again."""
