"""What the board keeps: articles, the versions that were submitted, drafts, and the log.

There is no table of decisions or signatures: all of that is worked out from the log. Versions and
log entries are never changed or deleted; the database refuses it too. Only `Summary` holds what the
log says, for lists; it can be thrown away and made again.
"""

from django.db import models

from probatum.evidence.base import ProbatumError


class KeptError(ProbatumError):
    """Something was to change or delete what is kept for ever."""


class Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """Write the row; a second time is refused."""
        if self.pk is not None:
            raise KeptError(f"A {self._meta.verbose_name} is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> None:
        """Refused."""
        raise KeptError(f"A {self._meta.verbose_name} is never deleted.")


class Article(models.Model):
    """An answer that is kept; its address and its title stay."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=4000)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title", "slug"]


class Version(Kept):
    """The exact content of a submitted version, as an answer document in JSON."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="one_content_a_version")
        ]
        verbose_name = "version"


class LogEntry(Kept):
    """One entry of an article's log, in JSON; `number` keeps two from being written at once."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="log")
    number = models.PositiveIntegerField()
    entry = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="one_entry_a_number")
        ]
        verbose_name = "log entry"


class Working(models.Model):
    """The draft that is being written: it may change, for nobody has reviewed it.

    `pending` holds words that have not passed the gate, by claim, so that no typing is lost; they
    are no part of the content. `writers` are the accounts that changed anything. `undo` holds what
    the draft was before something was taken out, the latest last.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="working")
    number = models.PositiveIntegerField()
    content = models.TextField()
    pending = models.JSONField(default=dict)
    writers = models.JSONField(default=list)
    undo = models.JSONField(default=list)
    changed = models.DateTimeField(auto_now=True)


class Summary(models.Model):
    """What an article's log says, for lists of thousands; never the truth, which is the log.

    `entries` and `last` name the log it was made of, `basis` the library and the policy, and from
    `until` on age ends an approval. `listing` is what the list of articles shows, `detail` what the
    queue and the statistics need.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="summary"
    )
    entries = models.PositiveIntegerField()
    last = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    until = models.DateTimeField(null=True)
    damaged = models.BooleanField(default=False)
    waiting = models.BooleanField(default=False, db_index=True)
    words = models.TextField()
    listing = models.JSONField(default=dict)
    detail = models.JSONField(default=dict)
