"""`focal-symbolic report`: the theorem book of a verification run."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from focal_symbolic.commands.parameters import Whole
from focal_symbolic.commands.proofs import library
from focal_symbolic.commands.screen import plain
from focal_symbolic.commands.writing import folder
from focal_symbolic.errors import FocalError

if TYPE_CHECKING:
    from focal_symbolic.claims.verify import Report

__all__ = ["command"]

KIND = "focal-symbolic theorem book"


@click.command("report", short_help="Write the theorem book of a verification run: HTML pages to browse offline.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", required=True, help="Where the book goes; new or empty.")
@click.option("--from", "run_file", metavar="RUN.json", help="Of a run that «verify --json RUN.json» has kept.")
@click.option("--force", is_flag=True, help="Replace the theorem book that DIR holds.")
@click.option("--examples", type=Whole(1), default=200, show_default=True, help="Random cases for the fuzz of each claim.")
@click.option("--dps", type=Whole(1), default=50, show_default=True, help="Decimal digits of the precision leg.")
@click.option("--seed", type=Whole(0), default=0, show_default=True, help="Seed of the random cases.")
@click.option("--jobs", type=Whole(1), help="Claims checked at a time, each in its own process.  [default: one a core]")
@click.option("--coq/--no-coq", default=False, help="Whether Coq judges every derivation as well.  [default: no-coq]")
def command(names: tuple[str, ...], out: Path, run_file: str | None, force: bool, **given: Any) -> int:
    """Verify every claim, or those named, as `verify` does, and write the theorem book of the run to DIR.

    Open DIR/index.html: the verdict and the map of what rests on what, a page for each result and each claim, and what must be
    trusted. With --from the book is that of a run that was kept. The exit code is that of `verify`, whose book is written
    whatever the verdict.

    \b
    Examples:
      focal-symbolic report --out book
      focal-symbolic report amplification over_suppression --coq --out book
      focal-symbolic verify --coq --json run.json; focal-symbolic report --from run.json --out book
    """
    from focal_symbolic.report import available, book, results_of

    available()
    report: list[Report] = []
    if run_file is not None:
        _demand_nothing_else(names)
        report.append(_read(run_file))

    def files() -> Mapping[str, str]:
        if not report:
            report.append(_verified(names, **given))
        return book(report[0], results_of(report[0]))

    folder(files, out, KIND, force)
    count = len(report[0].outcomes)
    click.echo(plain(f"wrote the theorem book of {count} claim{'' if count == 1 else 's'}: {out / 'index.html'}"))
    return report[0].exit_code


def _demand_nothing_else(names: tuple[str, ...]) -> None:
    """Raises: click.UsageError if something is asked of a run that is over."""
    context, source = click.get_current_context(), click.core.ParameterSource.COMMANDLINE
    asked = [name for name in ("examples", "dps", "seed", "jobs", "coq") if context.get_parameter_source(name) is source]
    if names or asked:
        what = "a NAME" if names else f"--{asked[0]}"
        raise click.UsageError(f"--from tells of a run that is over, so {what} cannot be given with it; leave one of them out.")


def _read(name: str) -> Report:
    """The run that a file tells of.

    Raises: FocalError if it cannot be read, or is no report of `verify`.
    """
    from focal_symbolic.claims.verify.recorded import recorded

    library()
    try:
        return recorded(json.loads(Path(name).read_text(encoding="utf-8")))
    except OSError as error:
        raise click.UsageError(f"--from {name} cannot be read ({(error.strerror or str(error)).lower()}).") from None
    except (ValueError, RecursionError):
        raise click.UsageError(f"--from {name} is no JSON; write it with «focal-symbolic verify --json {name}».") from None
    except FocalError as error:
        raise click.UsageError(f"--from {name}: {error}") from None


def _verified(names: tuple[str, ...], *, jobs: int | None, **given: Any) -> Report:
    """A run of `verify`, watched."""
    from rich.console import Console

    from focal_symbolic.commands import watched

    console = Console(highlight=False)
    return watched.run(console, library().select(names), not names, jobs=jobs or os.cpu_count() or 1, **given)
