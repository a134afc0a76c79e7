"""Voting on answers without knowing whose they are."""
