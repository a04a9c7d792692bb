"""The application that a server runs: one Django, its engine opened before the first request."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from probatum.site.body_limit import limited
from probatum.site.engine import engine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
# The largest file that a page takes, and the form around it.
application = limited(get_asgi_application(), settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 500_000)
# Here rather than in a view, so that nobody waits for it.
engine()
