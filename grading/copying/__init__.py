"""What each group changed, held against what the others changed. Evidence, never a penalty."""
