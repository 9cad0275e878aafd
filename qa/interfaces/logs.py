"""What the program says of itself while it runs: lines of text or JSON, without what was asked.

No line holds a question or an article's text unless `with_questions` is on. Messages of our own
are written so; what others write may hold anything: of an exception only the kind is told, and
where it came from, unless its message is known to be of files and models; of a library only where
it spoke, and from warnings on. That is decided here, for all that log.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

OWN = ("corpus", "embeddings", "qa")
_SERVER = "uvicorn.error"
"""Its messages are known: none holds more than an address."""

_WITHHELD = "withheld; --log-questions shows it"
_FIELDS = "pullquote_fields"
_requests = logging.getLogger("qa.requests")
_questions = logging.getLogger("qa.questions")
_put_up: list[tuple[logging.Logger, logging.Handler, int]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """What is logged, and in which form; `plain` says only what people at a terminal need."""

    level: str = "warning"
    as_json: bool = False
    with_questions: bool = False
    plain: bool = True


def log_settings(given: dict[str, Any]) -> LogSettings:
    """Return what flags, variables and the file say of logs: plain if they say nothing."""
    level, form = given.get("log_level"), given.get("log_format")
    questions = bool(given.get("log_questions"))
    return LogSettings(
        level=level or ("info" if questions else "warning"),  # questions are told at info
        as_json=form == "json",
        with_questions=questions,
        plain=not (level or form or questions),
    )


def log_request(method: str, route: str, status: int, seconds: float, request_id: str) -> None:
    """Log, at the level info, that a request was answered.

    Args:
        method: GET, POST, …
        route: Its template, never the address: that may hold a question.
        status: As it was answered.
        seconds: How long that took.
        request_id: What `X-Request-ID` says.
    """
    fields = {
        "method": method,
        "route": route,
        "status": status,
        "seconds": round(seconds, 4),
        "request_id": request_id,
    }
    _requests.info("%s %s %d", method, route, status, extra={_FIELDS: fields})


def log_question(question: str) -> None:
    """Log, at the level info, what was asked: only if the operator wants questions in the log."""
    if any(isinstance(held, _Lines) and held.open for _, held, _ in _put_up):
        _questions.info("asked", extra={_FIELDS: {"question": question}})


def server_logging() -> dict[str, Any]:
    """Return what `uvicorn.Config` must be told so that our handlers get its lines, and no address.

    Its own access lines hold the query of the address, and with it what was asked.
    """
    return {"log_config": None, "access_log": False}


def start_logging(settings: LogSettings) -> None:
    """Log to stderr from now on, in place of what was set up here before."""
    stop_logging()
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    lines = _Lines(_as_json if settings.as_json else _as_text, open_=settings.with_questions)
    others = level if settings.with_questions else max(level, logging.WARNING)
    put_up(logging.getLogger(), lines, others)
    for name in OWN:
        logger = logging.getLogger(name)
        _put_up.append((logger, lines, logger.level))
        logger.setLevel(level)


def put_up(logger: logging.Logger, handler: logging.Handler, level: int | None = None) -> None:
    """Add a handler until logging is started or stopped again."""
    _put_up.append((logger, handler, logger.level))
    logger.addHandler(handler)
    if level is not None:
        logger.setLevel(level)


def stop_logging() -> None:
    """Take away what was put up here."""
    while _put_up:
        logger, handler, level = _put_up.pop()
        logger.removeHandler(handler)
        logger.setLevel(level)


class _Lines(logging.Handler):
    """Writes a record as a line to what is the standard error just then."""

    def __init__(self, form: Callable[[logging.LogRecord, bool], str], *, open_: bool) -> None:
        super().__init__()
        self._form = form
        self.open = open_

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self._form(record, self.open) + "\n")
            sys.stderr.flush()
        except Exception:  # as any handler: a log must not break what it tells of
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 its name in logging
        """Say nothing of a line that cannot be written: the usual report would quote it."""


def _as_json(record: logging.LogRecord, with_questions: bool) -> str:
    line = {
        "time": _time(record),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": safe_message(record, with_questions),
        **getattr(record, _FIELDS, {}),
    }
    if record.exc_info and record.exc_info[1]:
        line["exception"] = safe_error(record.exc_info[1], with_questions)
        line["trace"] = list(safe_trace(record.exc_info[1]))
    return json.dumps(line, default=str)


def _as_text(record: logging.LogRecord, with_questions: bool) -> str:
    fields = getattr(record, _FIELDS, {})
    told = [f"{name}={json.dumps(value, default=str)}" for name, value in fields.items()]
    message = _printable(safe_message(record, with_questions))
    head = f"{_time(record)} {record.levelname.lower():7} {record.name}:"
    lines = [" ".join([head, message, *told])]
    if record.exc_info and record.exc_info[1]:
        lines += [f"  {place}" for place in safe_trace(record.exc_info[1])]
        lines.append(f"  {_printable(safe_error(record.exc_info[1], with_questions))}")
    return "\n".join(lines)


def _time(record: logging.LogRecord) -> str:
    when = datetime.fromtimestamp(record.created, UTC)
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _printable(text: str) -> str:
    r"""Return a text in one line, without what moves a cursor.

    >>> _printable("a\nb\x1b[31m")
    'a\\nb\\x1b[31m'
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def safe_message(record: logging.LogRecord, with_questions: bool = False) -> str:
    """Return what a record says, without what may hold a question or an article's text."""
    if with_questions:
        return record.getMessage()
    if record.name.partition(".")[0] not in OWN and record.name != _SERVER:
        return f"{record.module}, line {record.lineno} ({_WITHHELD})"
    if isinstance(record.args, tuple) and isinstance(record.msg, str):
        safe = [safe_error(a) if isinstance(a, BaseException) else a for a in record.args]
        return (record.msg % tuple(safe) if safe else record.msg).strip()
    return str(record.msg).strip()


def safe_error(error: BaseException, with_questions: bool = False) -> str:
    """Return the kind of an exception, with its message if that is of files or models."""
    from corpus import MissingExtra, ModelError, StoreError

    name = type(error).__name__
    if with_questions or isinstance(error, (OSError, StoreError, ModelError, MissingExtra)):
        return f"{name}: {error}"
    return f"{name} ({_WITHHELD})"


def safe_trace(error: BaseException) -> Iterator[str]:
    """Yield where an exception came through, outermost first: places of code, no values."""
    for frame in traceback.extract_tb(error.__traceback__, limit=-20):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"
