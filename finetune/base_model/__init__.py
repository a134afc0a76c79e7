"""The base model on disk or on the hub: where it is, its shape, its fingerprint."""
