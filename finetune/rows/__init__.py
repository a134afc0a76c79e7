"""Rows → what the model reads: prompt, tokens, micro-batches; and the test file."""
