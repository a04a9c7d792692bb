"""Keys, of which only a hash is kept, and the answers to requests that must not be done twice."""

from django.conf import settings
from django.db import models


class Key(models.Model):
    """A key of an account: what it may do, until when, and the day on which it was last used.

    `hash` is the SHA-256 of the whole key. A key is 256 random bits, so nobody can try them all,
    and a slow hash as for passwords would only slow down each request.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=16, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created = models.DateField()
    expires = models.DateField()
    last_used = models.DateField(null=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "prefix"]


class Done(models.Model):
    """The answer to a request that created something, for whoever sends it again.

    `given` is a hash of the caller's Idempotency-Key, `asked` one of method, address and body. The
    answer names what was made and holds nothing else that was sent.
    """

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="done")
    given = models.CharField(max_length=64)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    content = models.TextField(default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "given"], name="one_answer_a_request")
        ]
