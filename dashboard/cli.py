"""The command `incidents`: one lazy group, so that ``--help`` never imports a heavy library.

Each sub-command lives in its own file of `dashboard.commands` as a click command named
``command``; `COMMANDS` is the one registry.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import version

import click

from geodata.errors import AtlasError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Open a sample project in the dashboard."),
    "ingest": ("ingest", "Read reports and tables into a project."),
    "extract": ("extract", "Show the incidents found in reports; stores nothing."),
    "geocode": ("geocode", "Find where a place name lies, offline."),
    "evaluate": ("evaluate", "Measure the tool on your own truth."),
    "tables": ("tables", "Data sets of a project: look, list, undo, decide on names."),
    "feeds": ("feeds", "Feeds of a project: add, list, pull, remove."),
    "places": ("places", "Show and edit the places that a project remembers."),
    "documents": ("documents", "List the reports of a project; give back their original bytes."),
    "list": ("list_", "List incidents of a project."),
    "export": ("export", "Write incidents to a file."),
    "snapshot": ("snapshot", "Draw the map to a picture for print."),
    "serve": ("serve", "Serve the dashboard of a project."),
    "gazetteer": ("gazetteer", "Build and inspect the offline gazetteer."),
    "actors": ("actors", "Groups and forces: aliases, umbrellas, affiliates."),
    "boundaries": ("boundaries", "Districts and provinces: add, check, fill in."),
    "check": ("check", "Check a project: integrity, conformance, totals."),
}
"""Sub-command to its module in `dashboard.commands` and its line in ``incidents --help``."""


class LazyGroup(click.Group):
    """Imports a sub-command when it is called, and lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the sub-commands in the order of the registry."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one sub-command; None for a name that the registry does not hold."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dashboard.commands.{COMMANDS[cmd_name][0]}")
        command = module.command
        assert isinstance(command, click.Command)  # noqa: S101 - the registry's own contract
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of sub-commands from the registry alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: incidents ingest story.txt --published 2021-08-31 --store atlas.gpkg",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(version("incident-atlas"), prog_name="incidents")
def incidents(debug: bool) -> None:
    """Go from reports of political violence to an incident map that can be defended."""


def main(args: list[str] | None = None) -> None:
    """Run the command; exit code 0 done, 1 nothing could be done, 2 wrong usage."""
    arguments = sys.argv[1:] if args is None else args
    debug = "--debug" in arguments
    # --debug is accepted anywhere on the line, as a user adds it after a command has failed.
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        # Outside of standalone mode click gives the code of an Exit back instead of raising it.
        code = incidents.main(args=arguments, prog_name="incidents", standalone_mode=False)
        if isinstance(code, int) and code:
            sys.exit(code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was stored before stays.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output closed it (`| head`): that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except AtlasError as error:
        if debug:
            raise
        click.echo(f"incidents: {error}", err=True)
        sys.exit(1)
