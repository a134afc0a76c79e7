"""`finetune run`: from admitted rows to a sealed adapter with its record."""
