"""Learning the weights of `probatum.extract.comparison` from annotated trials.

`python -m scripts.comparison.train DATA` learns them all again and writes them beside the program.
DATA holds trial_results/evidence_inference_v2/ (annotations MIT, articles CC BY or public domain),
trial_results/rct_art/ (Apache-2.0) and abstract_pool/ (only words are counted; abstracts that come
from a set without a licence alone are left out). It takes about two minutes, and needs numpy and
scipy, which reading does not. Everything is deterministic: no sampling, sorted names, one optimiser
from zero.
"""
