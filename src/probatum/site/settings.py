"""Django's settings, from the environment.

The site keeps nothing: there is no database, no session and no cookie, so there is nothing in it to
leak. A key is made for each process unless one is given; nothing is signed with it that outlives
the process.
"""

import os
import secrets
from pathlib import Path

from probatum.render.html import PAGES

HERE = Path(__file__).resolve().parent

SECRET_KEY = os.environ.get("PROBATUM_SECRET_KEY") or secrets.token_urlsafe(50)
DEBUG = os.environ.get("PROBATUM_DEBUG") == "1"
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("PROBATUM_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]

# "module:class" of what answers, and the folder of its library (None: the user's own).
PROBATUM_ENGINE = os.environ.get("PROBATUM_ENGINE", "probatum.engine:Engine")
PROBATUM_LIBRARY = os.environ.get("PROBATUM_LIBRARY")

# Whether the page that audits a text may fetch a page by its address.
PROBATUM_FETCH = os.environ.get("PROBATUM_FETCH") == "1"

ROOT_URLCONF = "probatum.site.urls"
ASGI_APPLICATION = "probatum.site.asgi.application"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, str]] = {}
MIDDLEWARE = [
    "probatum.site.middleware.SecurityHeaders",
    "probatum.site.api.errors.ApiErrors",
    "django.middleware.gzip.GZipMiddleware",
    "probatum.site.static_files.StaticFiles",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", PAGES],
        "OPTIONS": {"context_processors": ["probatum.site.static_files.addresses"]},
    }
]

STATIC_URL = "/static/"
STATIC_FOLDER = HERE / "static"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LANGUAGE_CODE = "en-gb"
APPEND_SLASH = True
# Only the page that audits a text takes a body: a million characters of up to four bytes, and files
# that are held in memory and never on the disk, because a text may be about a patient.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# A question may hold a patient's facts: no handler writes a query string or an exception's text.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "probatum.site.logs.Discreet"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "discreet", "level": "ERROR"}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
LOGGING_CONFIG = "logging.config.dictConfig"
