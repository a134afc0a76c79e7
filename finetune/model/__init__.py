"""The model in memory: quantised, adapted, and what the libraries do when it goes wrong."""
