"""What is done to a float start before the first step: scales, then means and variances."""
