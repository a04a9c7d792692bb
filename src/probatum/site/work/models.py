"""What the queue keeps of a job: its kind, an id, and times. There is no field for free text.

A question may hold a patient's facts, so a job has no place for one. Of an error its type is kept
and never its words, which may quote what was worked on.
"""

from django.db import models


class Job(models.Model):
    """One piece of work, due at a time. What recurs keeps its row and is due again.

    `until` is a lease: whoever works renews it, and a row whose lease ran out was left by a process
    that died. `seen` says what the last run looked at, so that news can be told from no news.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True, default="")
    due = models.DateTimeField(null=True)
    holder = models.CharField(max_length=32, blank=True, default="")
    until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=120, blank=True, default="")
    finished = models.DateTimeField(null=True)
    failed = models.DateTimeField(null=True)
    seen = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_job_a_subject")
        ]
        indexes = [models.Index(fields=["due"], name="job_due")]
