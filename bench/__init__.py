"""Benchmarks. Each prints a small table; with --write it also updates its part of RESULTS.md.

Timing never decides a test: a busy machine would fail it for reasons that are not the program's.
"""
