"""Write docs/rules.md from the documentation in the modules of the rules: `python docs/make_rules.py`."""

from __future__ import annotations

import re
from pathlib import Path

from untisopt.report.documents import RuleDocument
from untisopt.service.rulebook import list_rules

PAGE = Path(__file__).with_name("rules.md")
_HEAD = """\
# The rules

What untisopt checks and counts. This page is made from the modules of the rules (`python docs/make_rules.py`);
`untisopt rules` lists them on the terminal, and `untisopt rules teacher-travel` prints one of them.

Every rule can be switched off, weighted or adjusted in the policy file:

```toml
[rules.grade-gaps]
enabled = false

[rules.grade-site-changes]
weight = 2
```
"""
_TIERS = (
    ("Must hold", "What is broken in the present plan may stay broken, but never gets worse."),
    ("As few as possible", "What a repair is made for."),
    ("The price", "What changes for people; weighed against the gain by `--worth` and limited by `--max-changes`."),
    ("Comfort", ""),
)


def rules_page() -> str:
    """The page as it should be."""
    rules = list_rules()
    parts = [_HEAD]
    for tier, (name, text) in enumerate(_TIERS):
        own = [rule for rule in rules if rule.tier == tier]
        if own:
            parts.append(f"## {name}\n\n{text}\n")
            parts.append("\n".join(["| id | title |", "| --- | --- |", *map(_row, own)]) + "\n")
    parts += ["## One by one\n", *map(_rule, rules)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _row(rule: RuleDocument) -> str:
    return f"| [`{rule.id}`](#{rule.id}) | {rule.title} |"


def _rule(rule: RuleDocument) -> str:
    lines = [f"### {rule.id}", "", _plain(rule.summary), ""]
    for name, text in rule.sections.items():
        lines += [f"**{name}.** {_plain(text)}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text in which nothing is Markdown by accident."""
    return re.sub(r"([*_<>\[\]])", r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8", newline="\n")
