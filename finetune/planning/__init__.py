"""`finetune plan`: whether a run would work, what it takes, and what to change."""
