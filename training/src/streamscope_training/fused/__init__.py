"""The forward and backward pass of the network in few passes over memory, for training on processors.

The Brevitas network says what is computed; this computes the same on integer codes in bfloat16, where a
4-bit activation and a 4-bit weight are exact, as the hardware does: convolution, then thresholds.
"""
