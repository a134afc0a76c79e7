"""Where teaching assistants read reports and predictions, decide and sign."""
