"""The machine: what it has, what a training needs, and whether that fits."""
