"""Write docs/commands.md from the commands themselves, so that the manual cannot go stale.

Run it after changing an option: ``python scripts/write_manual.py``. A test compares.
"""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli import COMMANDS, incidents

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "commands.md"

HEAD = """# Commands

`incidents` is the one command. Every sub-command has `--help` with an example. Exit code 0: done;
1: nothing could be done, and one clear line says why; 2: wrong usage. `--debug` shows the
traceback of an error. Data goes to standard output, progress and complaints to standard error.

The filter options (`--group` to `--dataset`) mean the same in every command, in the dashboard's
address and in its routes; a name option may be repeated, and any of its values may match.

This page is written by `scripts/write_manual.py` from the commands themselves.
"""


def sub_commands() -> list[tuple[str, click.Command]]:
    """Every command with its words: ``gazetteer build`` as well as ``list``."""
    context = click.Context(incidents)
    found = []
    for name in COMMANDS:
        command = incidents.get_command(context, name)
        assert command is not None
        inner = command.commands.items() if isinstance(command, click.Group) else ()
        found += [(f"{name} {sub}", part) for sub, part in inner] or [(name, command)]
    return found


def section(name: str, command: click.Command) -> str:
    """One command: its usage, what it does, its options, its example."""
    context = click.Context(command, info_name=f"incidents {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    words = " ".join((command.help or "").split("\f")[0].split())
    lines = [f"\n## incidents {name}", f"`incidents {name} {usage}`", "", words, ""]
    rows = [
        record
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
        and "--help" not in parameter.opts  # said once, in the head
        and (record := parameter.get_help_record(context))
    ]
    lines += ["| option | meaning |", "|---|---|"]
    lines += [f"| `{cell(flag)}` | {cell(meaning)} |" for flag, meaning in rows]
    lines += ["", (command.epilog or "").replace("Example: ", "Example: `", 1) + "`"]
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def manual() -> str:
    """Give the whole page."""
    return HEAD + "".join(section(name, command) for name, command in sub_commands())


if __name__ == "__main__":
    MANUAL.write_text(manual())
