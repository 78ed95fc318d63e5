"""The command line, run in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from untisopt.cli._root import Root
from untisopt.i18n import use_language

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch) -> Iterator[Run]:
    """Run a command; the result holds exit code, stdout and stderr."""
    monkeypatch.setenv("LC_ALL", "C")

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(Root(), [str(argument) for argument in arguments])

    yield invoke
    use_language("en")
