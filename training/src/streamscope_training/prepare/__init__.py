"""What is done to a float start before the first step: copies for spare channels, then weights, scales,
means and variances layer by layer."""
