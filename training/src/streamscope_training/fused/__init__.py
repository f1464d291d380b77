"""The forward and backward pass of the network in few passes over memory, for training on processors.

The Brevitas network says what is computed; this computes the same on integer codes, as the hardware does:
convolution, then thresholds. Products of codes are exact in bfloat16, and their sums in float32.
"""
