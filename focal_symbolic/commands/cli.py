"""The command `focal-symbolic`. Each refusal of bad usage is one sentence on stderr and exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from focal_symbolic.commands.screen import plain
from focal_symbolic.commands.signals import Terminated, sigterm_unwinds
from focal_symbolic.errors import FocalError, InputError, UnknownClaim

__all__ = ["COMMANDS", "main"]

COMMANDS = (
    "verify",
    "show",
    "list",
    "minimize",
    "entropy",
    "jacobian",
    "calibrate",
    "diagnose",
    "thresholds",
    "export",
    "report",
    "new",
    "rules",
    "claims",
)
"""The commands in the order of the help; each is a module of this package that defines `command`."""


class _Commands(click.Group):
    """The commands, each imported when it is asked for; errors are one sentence, exit code 2 for bad usage, 1 for the rest."""

    def list_commands(self, _: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"focal_symbolic.commands.{cmd_name}").command
        return found

    # narrower than in click: `standalone_mode`, by which its overloads differ, is always off here
    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        extra["standalone_mode"] = False
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
                stream.reconfigure(errors="replace")  # a terminal without γ and ✓ shows a question mark
        try:
            with sigterm_unwinds():
                code = super().main(args, prog_name or "focal-symbolic", **extra)
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else error.format_message(), err=True)
            code = 2
        except click.ClickException as error:
            code = _refuse(error.format_message(), 2)
        except InputError as error:
            code = _refuse(error.shell, 2)
        except UnknownClaim as error:
            code = _refuse(str(error), 2)
        except FocalError as error:
            code = _refuse(str(error), 1)
        except (click.Abort, KeyboardInterrupt) as error:
            why = error.__cause__ if isinstance(error, click.Abort) else error
            code = _refuse(str(why or "") or "interrupted.", 143 if isinstance(why, Terminated) else 130)
        except OSError as error:
            code = 1
            if not isinstance(error, BrokenPipeError):  # whoever reads has gone; that needs no words
                _refuse(f"{error.filename or 'the output'} cannot be used ({(error.strerror or str(error)).lower()}).", 1)
            with suppress(OSError, ValueError):  # what is still to be flushed goes nowhere
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(code if isinstance(code, int) else 0)


def _refuse(message: str, code: int) -> int:
    """Print one sentence on stderr; the exit code."""
    click.echo(f"focal-symbolic: {plain(' '.join(message.split()))}", err=True)
    return code


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Each command has its own help: focal-symbolic verify --help",
)
@click.version_option(package_name="focal-symbolic")
def main() -> None:
    """Theorems of the focal-entropy, each derived step by step, enclosed by balls and fuzzed; its minimizer to any precision.

    \b
    Examples:
      focal-symbolic verify
      focal-symbolic show convexity
      focal-symbolic minimize 0.7 0.2 0.1 --gamma 2 --dps 50
    """
