"""How the weights in src/probatum/checks/entailment/data were made.

In a virtual environment of its own, with the program, scikit-learn, torch and the extra `dense`:
`python -m scripts.entailment.train DATA FOLDER`, where DATA holds scifact/, claims/,
abstract_pool/, answers_kqa/ and trial_results/. Sets without a licence are not read. It takes about
an hour. What ships was trained in three stretches: of 377 and 1,550 steps over the same pairs again
and again, by an earlier form of these scripts, and then of 590 steps with `--further`. So a new run
gives other numbers of the same worth, not the same bytes. The forest for short texts is that of the
first run; that for long ones is of a later run with `--trees`; the stack is of the last stretch.
"""
