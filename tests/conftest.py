"""Settings that all tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import untisopt
from untisopt.i18n import use_language
from untisopt.io.untis.rows.closed import closed_times

# The same examples in every run, so that a red build can be repeated; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("explore", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

ROOT = Path(untisopt.__file__).parents[1]
KERNEL = "from untisopt.engines.kempe.smallest import anneal_smallest; anneal_smallest()"


@pytest.fixture(scope="session", autouse=True)
def _open_at_all_times() -> Iterator[None]:
    """Schools of a few lectures are free nearly everywhere: tests of other rules open all times.

    Whoever tests closed times uses the fixture `closing`. Commands in processes of their own are not changed.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("untisopt.io.untis.to_domain.closed_times", lambda *_args: {})
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test starts in English, also what a wider fixture makes first: whoever spoke German is reset behind."""
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def closing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times at which the whole school is free are closed, as they are for users."""
    monkeypatch.setattr("untisopt.io.untis.to_domain.closed_times", closed_times)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile the kernel once, before there are workers that would each compile it for themselves."""
    subprocess.run([sys.executable, "-c", KERNEL], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
