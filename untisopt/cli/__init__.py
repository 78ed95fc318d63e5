"""The command line; `main` is the entry point."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import NoReturn

from untisopt.cli._root import Root
from untisopt.errors import Aborted


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    code: int = Root().main(standalone_mode=False)
    # All is said and written: a late Ctrl-C must not turn success into failure.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code == Aborted.exit_code and threading.active_count() > 1:
        # A search that was broken off is still inside the solver; nothing may wait for it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
