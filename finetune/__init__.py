"""The gated QLoRA fine-tune: batches → train → adapter → predictions, each step with its lineage record."""
