"""The pages name the commands and options that exist, and all of them."""

from __future__ import annotations

import re

import click
import pytest

from tests.docs.pages import README, ROOT, name, pages, read, snippets
from untisopt.cli._root import Root

# Options of other programs that the pages speak of.
OF_OTHERS = {"--no-deps"}
OF_BENCHMARKS = {
    *("--quick", "--only", "--sizes", "--seeds", "--seconds", "--long-seconds", "--solvers"),
    *("--timefold", "--school", "--pairs", "--events", "--readme"),
}
OF_MAKE = {"--upgrade"}
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*[a-z]")
_CALL = re.compile(r"(?:\$ |\S*[/\\])?untisopt((?: --\w+ \w+)*) ([a-z]+(?:-[a-z]+)*)(.*)")


def cli() -> dict[str, set[str]]:
    """Options by command; the empty name stands for those in front of the command."""
    root = Root()
    context = click.Context(root)
    with context:
        found = {command: root.get_command(context, command) for command in root.list_commands(context)}
        root.main(["--version"], standalone_mode=False)  # its own options are made when it runs
    options = {command: _long(it) for command, it in found.items() if it is not None}
    return {"": _long(root), **options}


def _long(command: click.Command) -> set[str]:
    """The options of a command; those of a group are the ones of its commands, too."""
    options = {option for param in command.params for option in param.opts if option.startswith("--")}
    commands = command.commands.values() if isinstance(command, click.Group) else ()
    return options.union({"--help"}, *map(_long, commands))


@pytest.fixture(scope="module")
def options() -> dict[str, set[str]]:
    return cli()


def test_every_option_is_documented(options):
    named = set(_OPTION.findall(read(README)))
    assert set().union(*options.values()) - named == set()


def test_every_command_is_documented(options):
    assert [command for command in options if command and f"`untisopt {command} " not in read(README)] == []


@pytest.mark.parametrize("page", pages(), ids=name)
def test_options_exist(page, options):
    known = set().union(*options.values(), OF_OTHERS, OF_BENCHMARKS, OF_MAKE)
    assert set(_OPTION.findall(read(page))) - known == set()


@pytest.mark.parametrize("page", pages(), ids=name)
def test_calls_are_possible(page, options):
    """Each `untisopt COMMAND --option` names a command, and options of that command."""
    calls = filter(None, map(_CALL.fullmatch, snippets(read(page))))
    for before, command, rest in (call.groups() for call in calls):
        assert set(_OPTION.findall(before)) <= options[""]
        assert command in options, f"untisopt {command}{rest}"
        assert set(_OPTION.findall(rest)) <= options[command], f"untisopt {command}{rest}"


def test_options_of_the_benchmarks_exist():
    parser = read(ROOT / "benchmarks" / "run.py")
    assert [option for option in OF_BENCHMARKS if f'"{option}"' not in parser] == []


def test_exit_codes():
    """The table holds the code of every error."""
    from untisopt import errors

    codes = {error.exit_code for error in vars(errors).values() if hasattr(error, "exit_code")}
    table = read(README).partition("| exit code |")[2].partition("\n\n")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == {0, *codes}
