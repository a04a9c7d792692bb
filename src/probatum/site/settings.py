"""Django's settings, from the environment.

Whoever only reads and asks leaves no trace, and has no cookie but for a language that they chose: a
session and its cookie exist for those who sign in, to write or to review. Accounts and articles lie
in one database, the questions of readers nowhere.
"""

import os
import secrets
from pathlib import Path

from probatum.library.store import default_folder
from probatum.render.html import PAGE_KEPT, PAGES
from probatum.render.language import FOLDER as CATALOGUES
from probatum.site.accounts.single_sign_on import demanded_roles, single_sign_on
from probatum.site.database import database
from probatum.site.language import COOKIE, chosen, named
from probatum.site.work.schedule import minutes, port

HERE = Path(__file__).resolve().parent

# The folder that holds the library and, unless told otherwise, the database.
FOLDER = default_folder()
# `probatum serve` gives one that is kept; without it, sessions end with the process.
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

# Whether the API serves only those who send a key, and how often anybody may ask ("60/minute").
PROBATUM_API_KEYS = os.environ.get("PROBATUM_API_KEYS") == "1"
PROBATUM_API_RATE = os.environ.get("PROBATUM_API_RATE", "off")
# How often one person may have the pages ask, search or audit.
PROBATUM_ASK_RATE = os.environ.get("PROBATUM_ASK_RATE", "off")

ROOT_URLCONF = "probatum.site.urls"
ASGI_APPLICATION = "probatum.site.asgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "probatum.site.accounts",
    "probatum.site.board",
    "probatum.site.work",
    "probatum.site.keys",
]
DATABASES = {"default": database(FOLDER)}
MIDDLEWARE = [
    "probatum.site.middleware.SecurityHeaders",
    "probatum.site.metrics.Measured",
    "django.middleware.security.SecurityMiddleware",
    "probatum.site.api.errors.ApiErrors",
    "probatum.site.body_limit.BodyLimit",
    "django.middleware.gzip.GZipMiddleware",
    "probatum.site.static_files.StaticFiles",
    "probatum.site.language.Spoken",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", PAGES],
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", PAGE_KEPT],
            "context_processors": [
                "probatum.site.static_files.addresses",
                "probatum.site.language.frame",
                "probatum.site.board.people.signed_in",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_FOLDER = HERE / "static"

# A YAML file in place of the editorial policy that ships.
PROBATUM_POLICY = os.environ.get("PROBATUM_POLICY")

# Background work: whether `serve` watches articles itself, how often that is done, which services
# are asked what happened to held works, and a file of standing orders for `sync`.
PROBATUM_WATCH = os.environ.get("PROBATUM_WATCH", "1") != "0"
PROBATUM_WATCH_MINUTES = minutes(os.environ.get("PROBATUM_WATCH_MINUTES", "60"))
PROBATUM_RECHECK = os.environ.get("PROBATUM_RECHECK", "")
PROBATUM_SYNC = os.environ.get("PROBATUM_SYNC")

# A server for e-mail; without one, none is sent.
EMAIL_HOST = os.environ.get("PROBATUM_EMAIL_HOST", "")
EMAIL_PORT = port(os.environ.get("PROBATUM_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PROBATUM_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PROBATUM_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("PROBATUM_EMAIL_TLS", "1") != "0"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PROBATUM_EMAIL_FROM", "probatum@localhost")

# Whoever sends this may read /metrics; without it, only who asks on this machine.
PROBATUM_METRICS_TOKEN = os.environ.get("PROBATUM_METRICS_TOKEN", "")

# Behind a server that speaks TLS: cookies travel over TLS only, and its header is believed.
HTTPS = os.environ.get("PROBATUM_HTTPS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Over TLS, browsers then take these cookies from this very name only, and with a path of `/`
# (RFC 6265bis, section 4.1.3.2): no neighbour under the same domain can plant one.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
# A year, as RFC 6797, section 6.2.2, shows it: browsers come back over TLS only. Names below this
# one and the browsers' own list are the business of whoever holds the domain.
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options comes from SecurityHeaders
    "security.W005",  # neighbouring names: see above
    "security.W008",  # whoever speaks TLS in front sends people there as well
    "security.W021",  # the browsers' list: see above
]
# Half a day: a shift.
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "probatum.site.views.not_own_form"

LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/articles/"
LOGOUT_REDIRECT_URL = "/"
# NIST SP 800-63B (2017), section 5.1.1.2, asks for 8 characters at least and for a comparison with
# common passwords; 12 because signatures hang on them.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Signing in: django-allauth with this site's own pages, and with registration closed.
ACCOUNT_ADAPTER = "probatum.site.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
# Tries of a password or a code, in five minutes for one account, and in a minute from one address;
# NIST SP 800-63B (2017), section 5.2.2, allows no more than 100 in a row.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "probatum.site.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Probatum"
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "probatum.site.accounts.openid.SocialAdapter"
# Roles that count only for those who have signed in with a second factor.
PROBATUM_SECOND_FACTOR = demanded_roles()
# The organisation's own sign-in, if there is one.
PROBATUM_OIDC = single_sign_on()
# Counters of tries and the codes that were used: in the database, because every process of the site
# has to know them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counter",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

USE_TZ = True
TIME_ZONE = "UTC"

# The language of whoever asks for none that there is. Each folder of `locale` is one more.
LANGUAGES = named()
LANGUAGE_CODE = chosen(os.environ.get("PROBATUM_LANGUAGE", ""))
LOCALE_PATHS = [CATALOGUES]
LANGUAGE_COOKIE_NAME = COOKIE
USE_I18N = True
APPEND_SLASH = True
# The page that audits a text takes the largest body: a million characters of up to four bytes, and
# files that are held in memory and never on the disk, because a text may be about a patient.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
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
