"""From any folder of images to batches of bytes.

Nothing is imported here: the processes that decode photos load this package, and need no torch.
"""
