"""`untisopt rules`."""

from __future__ import annotations

import click

from untisopt.cli._console import say
from untisopt.cli._options import json_option
from untisopt.i18n import _
from untisopt.report.rules_text import rule_text, rules_json, rules_text
from untisopt.service.rulebook import explain_rule, list_rules


@click.command("rules", help=_("List the rules, or explain the one with this ID."))
@click.argument("rule_id", metavar="[ID]", required=False)
@json_option
def command(rule_id: str | None, as_json: bool) -> int:
    """Run the command."""
    if rule_id is None:
        rules = list_rules()
        say(rules_json(rules) if as_json else rules_text(rules))
        return 0
    rule = explain_rule(rule_id)
    say(rules_json([rule]) if as_json else rule_text(rule))
    return 0
