"""Run the command line with ``python -m untisopt``."""

from __future__ import annotations

from untisopt.cli import main

if __name__ == "__main__":
    main()
