"""A training run: its recipe, its loop, and what the loop stands on."""
