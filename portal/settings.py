"""One settings file for both profiles, read from the environment.

Nothing set: the embedded profile (SQLite, index on disk, filesystem broker, mail to files).
DATABASE_URL and REDIS_URL set: the server profile. `.env.example` lists every name.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF  # noqa: F401
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# ── The house ────────────────────────────────────────────────────────────────────────────────────────
# A room imports only from rooms on its left. tests/house reads this list.
ROOMS = ["kit", "activity", "search", "vocabularies", "members", "notifications", "resources", "portal"]

# The sections of the main menu, each by the name of its address; a room that comes adds its line.
NAVIGATION = [
    ("library", _("Library")),
    ("country_list", _("Countries")),
    ("topic_list", _("Topics")),
    ("directory", _("Members")),
]

# ── Core ─────────────────────────────────────────────────────────────────────────────────────────────
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
SITE_NAME = env.str("SITE_NAME", default="Common Ground")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default=env.str("DEFAULT_FROM_EMAIL", default="portal@localhost"))
# Stands in every OAI identifier, for good: name it before the site moves to another address.
OAI_REPOSITORY = env.str("OAI_REPOSITORY", default="")
if not OAI_REPOSITORY:
    _host = urlsplit(SITE_URL).hostname or "localhost"
    # The protocol wants a domain name, with a dot.
    OAI_REPOSITORY = _host if "." in _host and not _host[-1].isdigit() else "portal.localdomain"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
SERVER_PROFILE = bool(DATABASE_URL)


def secret_key():
    """SECRET_KEY from the environment; the embedded profile makes one and keeps it in VAR_DIR."""
    key = env.str("SECRET_KEY", default="")
    if key:
        return key
    if SERVER_PROFILE:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. The server profile needs one: put a long random text in SECRET_KEY."
        )
    path = VAR_DIR / "secret_key"
    if not path.exists():
        from secrets import token_urlsafe  # noqa: PLC0415

        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = secret_key()
# Keys of before: what they signed or encrypted can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# An OpenID Connect server that members may sign in with; empty: none is offered.
OIDC_SERVER = env.str("OIDC_SERVER", default="").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *(["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"] if OIDC_SERVER else []),
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    *ROOMS,
    "haystack",  # after the rooms: search replaces its commands
]

MIDDLEWARE = [
    "portal.views.health.probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.middleware.second_factor",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "members.Member"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "account"
# The tones of the notice component.
MESSAGE_TAGS = {10: "", 20: "", 25: "good", 30: "warn", 40: "bad"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kit.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "kit.templatetags.components", "kit.templatetags.slots"],
        },
    }
]

# ── Database ─────────────────────────────────────────────────────────────────────────────────────────
if SERVER_PROFILE:
    DATABASE_PREPARE = env.bool("DATABASE_PREPARE", default=True)
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        # A statement is planned once a connection: planning costs more than running it. A pooler between
        # that hands connections out by transaction (PgBouncer) needs it off.
        "server_side_binding": DATABASE_PREPARE,
        "prepare_threshold": 1 if DATABASE_PREPARE else None,
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 8},
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "portal.sqlite3",
            # A file, not memory: the live server's threads and the tests then wait for each other as in real life.
            "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;",
            },
        }
    }

# ── Cache and sessions ───────────────────────────────────────────────────────────────────────────────
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "portal",
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    }
# Searches with more than three filters that visitors without an account may ask for in a minute: from one address, and in all.
FACET_BUDGET = env.int("FACET_BUDGET", default=30)
FACET_BUDGET_FOR_ALL = env.int("FACET_BUDGET_FOR_ALL", default=300)
EXPORT_BUDGET = env.int("EXPORT_BUDGET", default=10)
# Requests a minute: a harvester's from one address.
OAI_BUDGET = env.int("OAI_BUDGET", default=120)
# Requests a minute: to the API from one address without a token, and for one member with one.
API_BUDGET = env.int("API_BUDGET", default=60)
API_BUDGET_FOR_MEMBERS = env.int("API_BUDGET_FOR_MEMBERS", default=600)
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=60)
# The same for an nginx in front, which is not told when something changes.
ACCEL_CACHE_SECONDS = env.int("ACCEL_CACHE_SECONDS", default=0)
# Hosts in one's own network that harvests and checks of links may reach; all other private addresses are refused.
FETCH_INSIDE = [host.lower() for host in env.list("FETCH_INSIDE", default=[])]
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# ── Search ───────────────────────────────────────────────────────────────────────────────────────────
# tantivy:///path (or empty: VAR_DIR/index) · whoosh:///path
SEARCH_URL = env.str("SEARCH_URL", default="tantivy:")
SEARCH_ENGINES = {
    "tantivy": "search.backends.tantivy.TantivyEngine",
    "whoosh": "search.backends.whoosh.WhooshEngine",
}


def search_connection(url):
    """Haystack's connection for a SEARCH_URL; an unknown engine is refused with the list of those there are."""
    engine, _sep, path = url.partition(":")
    if engine not in SEARCH_ENGINES:
        raise ImproperlyConfigured(
            f"SEARCH_URL starts with {engine!r}; it must be one of {', '.join(SEARCH_ENGINES)}."
        )
    path = path.removeprefix("//")
    return {"ENGINE": SEARCH_ENGINES[engine], "PATH": path or str(VAR_DIR / f"index-{engine}")}


HAYSTACK_CONNECTIONS = {"default": search_connection(SEARCH_URL)}

# ── Other services ───────────────────────────────────────────────────────────────────────────────────
# The registry that is asked what it knows of a DOI; empty: none.
CROSSREF_URL = env.str("CROSSREF_URL", default="https://api.crossref.org")
# ── API ──────────────────────────────────────────────────────────────────────────────────────────────
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["members.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["members.authentication.HasScope"],
    "DEFAULT_PARSER_CLASSES": ["kit.rest.parsing.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["kit.rest.limits.MinuteBudget"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "kit.rest.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": "The library for programs. Reading needs no token. Errors are problem documents (RFC 9457).",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["kit.rest.describing.tidy"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # The description names codes of the vocabularies, so making it needs the database, which may not be up yet.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

# ── Background work ──────────────────────────────────────────────────────────────────────────────────
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_timeout": 5,
        "socket_connect_timeout": 3,
    }
else:
    BROKER_DIR = VAR_DIR / "broker"
    for folder in ("queue", "processed", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_TASK_ROUTES = {"search.*": {"queue": "search"}}
CELERY_BEAT_SCHEDULE = {
    "sweep undelivered activities": {"task": "activity.tasks.sweep", "schedule": 60.0},
    "read waiting files": {"task": "resources.tasks.read_files", "schedule": 60.0},
    "go on with bulk tagging": {"task": "resources.tasks.go_on_tagging", "schedule": 60.0},
    "publish what is due": {"task": "resources.tasks.publish_scheduled", "schedule": 60.0},
    "close jobs and events that are over": {"task": "resources.tasks.expire", "schedule": crontab(minute=7)},
    "go on with imports": {"task": "resources.tasks.go_on_importing", "schedule": 60.0},
    "write data exports": {"task": "members.tasks.make_exports", "schedule": 300.0},
    "erase accounts that are due": {"task": "members.tasks.erase_due", "schedule": crontab(minute=20)},
    "keep nothing longer than needed": {
        "task": "members.tasks.clean_up",
        "schedule": crontab(hour=3, minute=45),
    },
    "end and renew government posts": {
        "task": "members.tasks.keep_proofs",
        "schedule": crontab(hour=4, minute=5),
    },
    "count the usage of yesterday": {
        "task": "resources.tasks.count_usage",
        "schedule": crontab(hour=2, minute=20),
    },
    "plan the checks of links": {
        "task": "resources.tasks.plan_link_checks",
        "schedule": crontab(hour=0, minute=5),
    },
    "check links at night": {
        "task": "resources.tasks.check_links",
        "schedule": crontab(hour="0-5", minute="10,25,40,55"),
    },
    "drain the search queue": {"task": "search.drain", "schedule": 60.0},
    # What was queued while no worker ran is one round too many: the next one does it all.
    "send mail": {"task": "notifications.tasks.send_mails", "schedule": 20.0, "options": {"expires": 20}},
    "tell of saved searches": {
        "task": "resources.tasks.tell_matches",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "forget unused search patterns": {
        "task": "resources.tasks.forget_unused_patterns",
        "schedule": crontab(hour=3, minute=50),
    },
    "forget old notifications": {
        "task": "notifications.tasks.forget_old",
        "schedule": crontab(hour=3, minute=45),
    },
    "forget old answers of the API": {
        "task": "members.tasks.forget_answers",
        "schedule": crontab(hour=3, minute=25),
    },
    "expire jobs and clean up": {"task": "activity.tasks.prune", "schedule": crontab(hour=3, minute=15)},
}

# ── Mail, files, static ──────────────────────────────────────────────────────────────────────────────
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
# Without a limit one silent mail server would hold a worker for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# s3://key:secret@host/bucket/folder; empty: MEDIA_ROOT.
STORAGE_URL = env.str("STORAGE_URL", default="")
# Behind nginx: an internal location over MEDIA_ROOT that sends the bytes of files (X-Accel-Redirect). It has none of a bucket's.
ACCEL_PREFIX = "" if STORAGE_URL else env.str("ACCEL_PREFIX", default="")


def file_storage(url):
    """Django's STORAGES entry for a STORAGE_URL. What it says of a wrong one never repeats it: it holds a secret."""
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise ImproperlyConfigured(
            "STORAGE_URL is not an address: write / + @ in a key or secret as %2F %2B %40."
        ) from None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    bucket, _slash, folder = unquote(parts.path).strip("/").partition("/")
    if parts.scheme != "s3" or not host or not bucket or bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured("STORAGE_URL must read s3://key:secret@host/bucket, or be empty.")
    region, tls = query.pop("region", None), query.pop("tls", "1")
    style = query.pop("style", "virtual" if host.endswith(".amazonaws.com") else "path")
    if query or tls not in ("0", "1") or style not in ("path", "virtual"):
        raise ImproperlyConfigured(
            "STORAGE_URL may end in ?region=NAME&tls=0&style=path (or virtual), and nothing else."
        )
    return {
        "BACKEND": "kit.bucket.Bucket",
        "OPTIONS": {
            "access_key": unquote(parts.username) if parts.username else None,
            "secret_key": unquote(parts.password) if parts.password else None,
            "endpoint_url": f"{'https' if tls == '1' else 'http'}://{host}{port}",
            "bucket_name": bucket,
            "location": folder,
            "region_name": region,
            "addressing_style": style,
        },
    }


# Hashed names need `collectstatic`; tests and DEBUG read the plain folder instead.
HASHED_STATIC = env.bool("HASHED_STATIC", default=not DEBUG)
STORAGES = {
    "default": file_storage(STORAGE_URL),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_MAX_AGE = 3600

# ── Languages and time ───────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["kit.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ── Security ─────────────────────────────────────────────────────────────────────────────────────────
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# What the longest texts of a record have in any script, twice: what is too long comes back beside its message.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# A record with three hundred names, bodies and identifiers has some 3,300.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_HANDLERS = [
    "kit.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # reads what was kept before; renewed at the next sign-in
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# ── Accounts ─────────────────────────────────────────────────────────────────────────────────────────
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Staff without a passkey or an authenticator app are led to set one up before they reach anything else.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=SERVER_PROFILE)
ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "members.forms.RegistrationForm"
ACCOUNT_FORMS = {"login": "members.forms.signing_in.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {} if env.bool("ACCOUNT_LIMITS", default=True) else False
MFA_ADAPTER = "members.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
# Browsers allow passkeys without https on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
if OIDC_SERVER:
    SOCIALACCOUNT_ADAPTER = "members.openid.OpenIdAdapter"
    SOCIALACCOUNT_AUTO_SIGNUP = False
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.str("OIDC_NAME", default="") or urlsplit(OIDC_SERVER).hostname or "OpenID",
                    "client_id": env.str("OIDC_CLIENT_ID", default=""),
                    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ],
        }
    }
    # Browsers hold the redirect after a form to this list, too.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))
    )

# ── Web server (portal/gunicorn.py) ──────────────────────────────────────────────────────────────────
WEB_WORKERS = env.int("WEB_WORKERS", default=min(os.cpu_count() or 1, 4) + 1)
WEB_THREADS = env.int("WEB_THREADS", default=4)

# ── Logging ──────────────────────────────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
