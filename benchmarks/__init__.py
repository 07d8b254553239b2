"""Measured figures: ratios of two things done side by side in one run, medians of at least five."""
