"""The audit of a text that others wrote: its claims, each with a verdict and the evidence."""
