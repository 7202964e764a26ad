"""Django's settings, all from `kit.config`. `goodword` sets the environment; so may you."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from goodword.kit import config, i18n
from goodword.money import paying
from goodword.ops import logs

CONFIG = config.read()
PAYING = paying.read(CONFIG.data)
PACKAGE = Path(__file__).parent.parent

SECRET_KEY = config.secret(CONFIG.data, "django")
SECRET_KEY_FALLBACKS = config.retired(CONFIG.data, "django")
DEBUG = CONFIG.debug
ALLOWED_HOSTS = [*CONFIG.hosts, "localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "goodword.site.urls"
WSGI_APPLICATION = "goodword.site.wsgi.application"

INSTALLED_APPS = [
    "goodword.site",
    "goodword.ops",
    "goodword.reach",
    "goodword.care",
    "goodword.orders",
    "goodword.shop",
    "goodword.money",
    "goodword.circle",
    "goodword.people",
    "goodword.notices",
    "goodword.journal",
    "goodword.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pgtrigger",
    "procrastinate.contrib.django",
    "django_prometheus",
    "ninja",
    "csp",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "goodword.kit.http.secure_headers",
    "goodword.kit.http.content_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "goodword.people.middleware.member_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "goodword.kit.upload.UploadMiddleware",
    "goodword.kit.http.RefusalMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "goodword.site.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "goodword.site.context.layout",
            ],
        },
    },
]


def database(url: str) -> dict[str, object]:
    """Django's form of a libpq URL; a private socket folder comes as `?host=`."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise config.BadSetting("DATABASE_URL must begin with postgresql://")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "goodword",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {
            **{key: unquote(value) for key, value in query.items()},
            "pool": {"min_size": 1, "max_size": 12, "timeout": 10},
            # Planning the timeline takes longer than running it (docs/decisions/0006-speed.md).
            "server_side_binding": True,
            "prepare_threshold": 3,
        },
        "CONN_HEALTH_CHECKS": True,
    }


def database_url() -> str:
    if CONFIG.database_url:
        return CONFIG.database_url
    from goodword.kit.postgres import Cluster

    return Cluster(CONFIG.data).dsn()


DATABASES = {"default": database(database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["goodword.people.backends.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# Why these: docs/decisions/0010-accounts.md
ACCOUNT_ADAPTER = "goodword.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "goodword.people.forms.LoginForm",
    "signup": "goodword.people.forms.SignUpForm",
    "reset_password": "goodword.people.forms.ResetPasswordForm",
    "reset_password_from_key": "goodword.people.forms.NewPasswordForm",
    "change_password": "goodword.people.forms.ChangePasswordForm",
    "set_password": "goodword.people.forms.SetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "goodword.people.queries.name"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "goodword.people.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Goodword"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not CONFIG.https
# Whoever ends TLS in front of us also says who is asking.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIG.https else 0
CACHES = {"default": {"BACKEND": "goodword.people.shelf.Shelf"}}
PASSWORD_RESET_TIMEOUT = int(timedelta(days=1).total_seconds())
DEFAULT_FROM_EMAIL = CONFIG.mail_from
# Where letters go without GOODWORD_SMTP; kit.mail knows the way to a server.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# Letters hold links that open accounts, so the folder is the house's own from the start.
(CONFIG.data / "mail").mkdir(mode=0o700, parents=True, exist_ok=True)
EMAIL_FILE_PATH = str(CONFIG.data / "mail")

SESSION_COOKIE_NAME = "goodword_session"
SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.https
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = CONFIG.https
CSRF_FAILURE_VIEW = "goodword.site.views.csrf_failure"
SECURE_SSL_REDIRECT = False  # whoever ends TLS in front of us does that
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.https else None
SECURE_HSTS_SECONDS = 31536000 if CONFIG.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EVENTS_URL = CONFIG.events_url
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [
            SELF,
            *(
                [EVENTS_URL]
                if EVENTS_URL.startswith("http")
                else [
                    f"http://localhost:{CONFIG.port + 1}",
                    f"http://127.0.0.1:{CONFIG.port + 1}",
                    *(
                        f"{scheme}://{host.rsplit(':', 1)[0]}:{CONFIG.port + 1}"
                        for host in CONFIG.hosts
                        for scheme in ("http", "https")
                    ),
                ]
            ),
        ],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = CONFIG.language
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIG.time_zone
i18n.compile_stale()

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data / "static"
WHITENOISE_MANIFEST_STRICT = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = CONFIG.media
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

NINJA_PAGINATION_PER_PAGE = 20
LOGGING = logs.settings(CONFIG.log_level)
logs.configure()
SILENCED_SYSTEM_CHECKS = ["models.W042", "auth.W004"]  # handles are unique by their claim
