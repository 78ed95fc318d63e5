"""JSON as all reports write it."""

from __future__ import annotations

import json


def dumps(data: object) -> str:
    """Indented, with umlauts as they are, ending with a line end."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
