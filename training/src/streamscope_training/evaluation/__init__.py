"""How often a network is right, and whether two forms of it are the same."""
