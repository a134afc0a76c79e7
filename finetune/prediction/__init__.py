"""`finetune predict`: from a finished run and a test file to predictions, their review and their record."""
