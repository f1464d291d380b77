"""A stand-in for the package finn-examples."""
