"""The application that a server runs: one Django, its engine opened before the first request."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from probatum.site.body_limit import limited
from probatum.site.engine import engine
from probatum.site.kept_responses import kept
from probatum.site.shelf import SHELF

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
# The largest file that a page takes, and the form around it.
_django = limited(get_asgi_application(), settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 500_000)
application = kept(_django, SHELF)
# Here rather than in a view, so that nobody waits for it.
engine()
