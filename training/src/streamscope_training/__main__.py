"""``python -m streamscope_training``."""

import sys

from .cli import main

# Decoding starts processes that import this module again.
if __name__ == "__main__":
    sys.exit(main())
