"""How the house writes its log: lines for people on a terminal, JSON for machines elsewhere.

Members' words never go into it; ids may.
"""

import logging
import sys
from typing import Any

import structlog

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


def configure() -> None:
    """Let structlog speak through the standard library, so that all lines look alike."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def settings(level: str, *, terminal: bool | None = None) -> dict[str, Any]:
    """Django's LOGGING; `terminal` None looks whether somebody sits before stderr."""
    if terminal is None:
        terminal = sys.stderr.isatty()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "house": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderers(terminal=terminal),
                ],
            }
        },
        "filters": {"calmly": {"()": Calmly}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
        "loggers": {
            "procrastinate": {"level": "WARNING"},
            "factur-x": {"level": "WARNING"},  # else three lines for each invoice
            # Refusals are answers, not events; Django would write a line for each 404.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"filters": ["calmly"]},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }


class Calmly(logging.Filter):
    """Makes of an error and its trace one line of information.

    Whoever scans the internet asks for hosts that are not ours: that is no fault of the house.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname, record.exc_info = logging.INFO, "INFO", None
        return logging.getLogger().isEnabledFor(logging.INFO)


def renderers(*, terminal: bool) -> list[Any]:
    if terminal:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    # Without the variables of each frame: those are tokens, passwords and members' words.
    frames = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [
        structlog.processors.ExceptionRenderer(frames),
        structlog.processors.EventRenamer("message"),
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]
