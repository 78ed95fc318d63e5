"""What appears on the terminal: encoding, errors, the file that an internal error leaves behind."""

from __future__ import annotations

import json
import sys
import tempfile
import traceback
from dataclasses import asdict
from pathlib import Path

import click

from untisopt.errors import Aborted, InputError, InternalError, UntisoptError, UsageError, advised
from untisopt.i18n import _


def utf8_output() -> None:
    """Make names print everywhere: a Windows console in code page 1252 gets a question mark instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            redirected_on_windows = sys.platform == "win32" and not stream.isatty()
            reconfigure(errors="replace", **({"encoding": "utf-8"} if redirected_on_windows else {}))


def say(text: str, *, quiet: bool = False) -> None:
    """Print to stdout."""
    if not quiet:
        click.echo(text.rstrip("\n"))


def tell(text: str, *, quiet: bool = False) -> None:
    """Print to stderr: what is no result."""
    if not quiet:
        click.echo(text.rstrip("\n"), err=True)


def report_error(error: Exception, *, as_json: bool) -> int:
    """Print an error to stderr and return its exit code."""
    known = _known(error)
    dump = _write_dump(error, known)
    if as_json:
        click.echo(json.dumps(_data(known, dump), indent=2, ensure_ascii=False), err=True)
        return known.exit_code
    if isinstance(error, click.UsageError):
        error.show()
        return known.exit_code
    advice = _("you can send us {file}, which says what happened; look into it first, it may hold short names")
    click.echo(advised(_text(known), advice.format(file=dump) if dump else ""), err=True)
    return known.exit_code


def _known(error: Exception) -> UntisoptError:
    """The error as one of ours; anything unforeseen is a defect of the program."""
    if isinstance(error, UntisoptError):
        return error
    if isinstance(error, click.Abort):
        return Aborted(_("broken off; nothing was written"))
    if isinstance(error, click.UsageError):
        return UsageError(error.format_message())
    if isinstance(error, (click.ClickException, OSError)):
        return UntisoptError(str(error))
    return InternalError(f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))


def _text(error: UntisoptError) -> str:
    if isinstance(error, InternalError):
        return _("Internal error, a defect of untisopt and not of your data: {message}\nNothing was written.").format(
            message=error
        )
    if isinstance(error, Aborted):
        return str(error)
    return str(error) if isinstance(error, InputError) else _("Error: {message}").format(message=error)


def _data(error: UntisoptError, dump: str) -> dict[str, object]:
    data: dict[str, object] = {"type": type(error).__name__, "exit_code": error.exit_code, "message": str(error)}
    if isinstance(error, InputError):
        data["defects"] = [asdict(defect) for defect in error.defects]
    if dump:
        data["dump"] = dump
    return {"error": data}


def _write_dump(error: Exception, known: UntisoptError) -> str:
    """Leave behind what is needed to repeat an internal error; empty if there is nothing or no place."""
    if not isinstance(known, InternalError):
        return ""
    text = known.dump + "\n" + "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="untisopt-", suffix=".txt", delete=False
        ) as file:
            file.write(text)
    except OSError:
        return ""
    return str(Path(file.name))
