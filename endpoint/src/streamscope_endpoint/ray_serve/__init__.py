"""Several cards behind one address, on Ray Serve: ``pip install 'streamscope-endpoint[ray]'``."""
