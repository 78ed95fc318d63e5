"""Run the command line with ``python -m untisopt``."""

from __future__ import annotations

import sys

from untisopt.cli import main

if __name__ == "__main__":
    sys.exit(main())
