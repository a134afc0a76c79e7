"""What the groups agree on: fail modes, and facts on which one stands alone."""
