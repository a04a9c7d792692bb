"""The application that a server runs: one Django, its engine opened before the first request."""

import os

from django.core.asgi import get_asgi_application

from probatum.site.engine import engine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probatum.site.settings")
application = get_asgi_application()
# Here rather than in a view, so that nobody waits for it.
engine()
