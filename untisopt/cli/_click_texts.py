"""The texts of click itself in the language in force.

click asks the gettext of the standard library for its texts, so it is shown our catalogue. Its texts are named here,
because they are collected where they are named.
"""

from __future__ import annotations

import gettext
import os

from untisopt.i18n import LOCALE_DIR, _, current_language, ngettext


def translate_click() -> None:
    """Let click speak the language in force."""
    gettext.bindtextdomain("untisopt", str(LOCALE_DIR))
    gettext.textdomain("untisopt")
    # What gettext looks at first; English has no catalogue, so its texts stay as they are.
    os.environ["LANGUAGE"] = current_language()


def click_texts() -> tuple[str, ...]:
    """What click says, as far as our commands can make it."""
    return (
        _("Usage:"),
        _("Options"),
        _("Commands"),
        _("Show this message and exit."),
        _("default: {default}"),
        _("required"),
        _("Try '{command} {option}' for help."),
        _("Error: {message}"),
        _("Missing command."),
        _("Missing argument"),
        _("Missing option"),
        _("No such command {name!r}."),
        _("No such option {name!r}."),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
        _("Option {name!r} does not take a value."),
        _("Invalid value: {message}"),
        _("Invalid value for {param_hint}: {message}"),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
        _("{name} {filename!r} is a directory."),
        _("file"),
    )
