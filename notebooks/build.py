"""Make the notebooks of their sources: execute them anew and keep the outputs, or compare.

`python notebooks/build.py [NAME ...]` writes notebooks/NAME.ipynb of notebooks/source/NAME.py, executed; with `--check` it writes
nothing, but executes and tells what differs from the kept outputs, pictures and times aside. It needs the extra `notebooks`.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient

from focal_symbolic import teaching

HERE = Path(__file__).parent
SECONDS = 300
"""A cell that takes longer is stopped; a notebook is made to run within a minute."""
TIME = re.compile(r"\d+(\.\d+)? (ms|s|seconds)\b")
PICTURES = ("image/svg+xml", "image/png")


def names() -> list[str]:
    """The notebooks, in the order of the course."""
    return sorted(path.stem for path in (HERE / "source").glob("*.py"))


def source(name: str) -> Any:
    """The cells of a source, without outputs; their ids are their places, so that they stay the same."""
    notebook = jupytext.read(HERE / "source" / f"{name}.py", fmt="py:percent")
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for place, cell in enumerate(notebook.cells):
        cell.id = f"cell-{place}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def executed(name: str) -> Any:
    """The notebook with its outputs. Raises CellExecutionError with the traceback if a cell fails."""
    notebook = source(name)
    environment = os.environ | {
        teaching.STATIC: "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        resources={"metadata": {"path": str(HERE)}},
        record_timing=False,
        coalesce_streams=True,
    )
    client.execute(env=environment)
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})
    return notebook


def outputs(notebook: Any) -> list[list[str]]:
    """What each cell put out, as text: pictures by their words, times left out."""
    told = []
    for cell in notebook.cells:
        said: list[str] = []
        stream = ""
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            kept = {kind: data[kind] for kind in sorted(data) if kind not in PICTURES}
            text = output.get("text", "") + "".join(
                f"{kind}: {value}\n" for kind, value in kept.items()
            )
            part = TIME.sub("… s", text)
            # a stream is cut wherever it happens to be read
            if stream and output.get("name") == stream:
                said[-1] += part
            else:
                said.append(part)
            stream = output.get("name", "")
        told.append(said)
    return told


def differences(name: str) -> list[str]:
    """A sentence for each cell whose outputs are not those that are kept."""
    kept, anew = nbformat.read(HERE / f"{name}.ipynb", as_version=4), executed(name)
    if len(kept.cells) != len(anew.cells):
        return [
            f"{name} has {len(kept.cells)} cells, its source {len(anew.cells)}; run python notebooks/build.py {name}."
        ]
    return [
        f"{name}, cell {place}: kept is {old!r}, and now comes {new!r}."
        for place, (old, new) in enumerate(zip(outputs(kept), outputs(anew), strict=True))
        if old != new
    ]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="notebooks; all of them for none")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what differs")
    given = parser.parse_args()
    found = []
    for name in given.names or names():
        start = perf_counter()
        if given.check:
            found += differences(name)
        else:
            nbformat.write(executed(name), HERE / f"{name}.ipynb")
        print(f"{name}: {perf_counter() - start:.0f} s", flush=True)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
