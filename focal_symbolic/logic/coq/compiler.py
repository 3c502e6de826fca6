"""Compile Coq files in the order of what requires what, several at a time, each with limits, and keep what was compiled.

What was compiled is kept by content: the text of the file, the compiled files that it requires, Coq's version and the flags.
A kept file whose hash is not as it was written down is thrown away and compiled anew. Each is kept as soon as it is done, by
a rename, so that a run that is killed loses only what it was at.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from focal_symbolic.errors import FocalError

__all__ = ["INSTALL", "Built", "Coq", "Limits", "Missing", "cache_directory", "compiled", "installed", "requirements"]

INSTALL = "apt-get install --no-install-recommends coq libcoq-coquelicot libcoq-interval"
ROOT = "Focal"
"""The name under which the files of a project know each other."""
FLAGS = ("-q", "-w", "none", "-noglob", "-time", "-R", ".", ROOT)
WORKPLACE = "focal-coq-"
"""How the temporary directories are called, before the process and a number."""
PATIENCE = 600
"""For how many seconds by the clock a Coq may take to say what it is; where many run at once it is slow."""
DAYS = 30
"""How long a compiled file is kept that no run has used."""


class Missing(FocalError):
    """There is no Coq that can compile the project."""


@dataclass(frozen=True)
class Limits:
    """What one file may use. Coq maps some 200 MB more than it touches, so 2 GB of memory are 2.2 GB of addresses."""

    seconds: int = 60
    """Of processor time; ten times as long by the clock."""
    megabytes: int = 2200


@dataclass(frozen=True)
class Coq:
    """A Coq that can compile the project."""

    command: str
    version: str
    libraries: tuple[str, ...] = ()
    """Hashes of the libraries that it finds, so that what was compiled with others is not used."""


@dataclass(frozen=True)
class Built:
    """What became of a file. `output` is what its commands printed; `error` and `line` where it was refused.

    `seconds` of processor time, `megabytes` of memory at the most.
    """

    status: Literal["compiled", "refused", "exhausted", "skipped"]
    seconds: float = 0
    megabytes: int = 0
    output: str = ""
    error: str = ""
    line: int = 0
    from_cache: bool = False


# -- what is installed -----------------------------------------------------------------------------------------------------


def installed(command: str = "coqc") -> Coq:
    """The Coq of this machine. Raises Missing, with how to get it, where it or a library is not there."""
    found = shutil.which(command)
    if found is None:
        raise Missing(f"Coq is not installed; on Debian: {INSTALL}.")
    try:
        version, where = _asked(found, "--print-version").split()[0], _asked(found, "-where").strip()
        lacking = [library for library in ("Coquelicot.Coquelicot", "Interval.Tactic") if not _has(found, library)]
    except subprocess.TimeoutExpired as error:
        raise Missing(f"{found} does not answer within {error.timeout:g} s; try again when fewer programs run.") from None
    except (OSError, subprocess.SubprocessError, IndexError) as error:
        raise Missing(f"{found} does not run ({type(error).__name__}); on Debian: {INSTALL}.") from None
    if lacking:
        name = lacking[0].split(".", maxsplit=1)[0]
        raise Missing(f"Coq {version} is installed without the library {name}; on Debian: {INSTALL}.")
    paths = (Path(where, "user-contrib", *library) for library in (("Coquelicot", "Coquelicot.vo"), ("Interval", "Tactic.vo")))
    return Coq(found, version, tuple(_sha(path.read_bytes()) for path in paths if path.is_file()))


def _asked(command: str, option: str) -> str:
    return subprocess.run([command, option], capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


def _has(command: str, library: str) -> bool:
    with tempfile.TemporaryDirectory() as place:
        Path(place, "probe.v").write_text(f"Require {library}.\n", encoding="utf-8")
        done = subprocess.run([command, "-q", "probe.v"], cwd=place, capture_output=True, check=False, timeout=PATIENCE)
        return done.returncode == 0


def cache_directory() -> Path:
    """Where compiled files are kept: FOCAL_SYMBOLIC_CACHE, or a directory of the user's cache."""
    own = os.environ.get("FOCAL_SYMBOLIC_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) if own else Path(base, "focal-symbolic", "coq")


# -- what requires what ----------------------------------------------------------------------------------------------------

_REQUIRE = re.compile(r"\bRequire\s+(?:Import\s+|Export\s+)?(\w+(?:\.\w+)*(?:\s+\w+(?:\.\w+)*)*)\s*\.(?=\s|$)")


def requirements(text: str, modules: Iterable[str]) -> tuple[str, ...]:
    """The modules of a project that a file requires, in order."""
    names = [name.split(".")[-1] for found in _REQUIRE.findall(text) for name in found.split()]
    there = {*modules}
    return tuple(dict.fromkeys(name for name in names if name in there))


# -- the cache -------------------------------------------------------------------------------------------------------------


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class _Cache:
    """Compiled files by key: a directory each, with the file and what was printed, under their hash."""

    place: Path
    damaged: list[str] = field(default_factory=list)

    def load(self, key: str) -> tuple[bytes, Built] | None:
        """The compiled file of this key, and what became of it; None where there is none that is whole."""
        entry = self.place / key
        try:
            record = json.loads((entry / "built.json").read_text(encoding="utf-8"))
            data = (entry / "file.vo").read_bytes()
            if record["key"] != key or record["vo"] != _sha(data) or record["sum"] != _sum(record):
                raise ValueError("altered")
            built = Built("compiled", record["seconds"], record["megabytes"], record["output"], from_cache=True)
        except FileNotFoundError:
            if not entry.exists():
                return None
        except (OSError, ValueError, KeyError, TypeError):
            pass
        else:
            with suppress(OSError):
                os.utime(entry)
            return data, built
        self.damaged.append(key)
        shutil.rmtree(entry, ignore_errors=True)
        return None

    def keep(self, key: str, data: bytes, built: Built) -> None:
        """Keep a compiled file. A cache that cannot be written is none, and no error."""
        record: dict[str, Any] = {"key": key, "vo": _sha(data), "seconds": built.seconds, "megabytes": built.megabytes}
        record["output"] = built.output
        with suppress(OSError):
            self.place.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(prefix="new-", dir=self.place))
            try:
                (beside / "file.vo").write_bytes(data)
                (beside / "built.json").write_text(json.dumps(record | {"sum": _sum(record)}), encoding="utf-8")
                beside.rename(self.place / key)
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def sweep(self) -> None:
        """Throw away what no run has used for long, and what a killed run left."""
        long_ago = time.time() - DAYS * 86400
        with suppress(OSError):
            for entry in self.place.iterdir():
                if entry.stat().st_mtime < long_ago:
                    shutil.rmtree(entry, ignore_errors=True)


def _sum(record: Mapping[str, Any]) -> str:
    return _sha(json.dumps({k: v for k, v in record.items() if k != "sum"}, sort_keys=True).encode())


# -- the run ---------------------------------------------------------------------------------------------------------------


def compiled(
    files: Mapping[str, str],
    coq: Coq,
    *,
    jobs: int = 2,
    cache: Path | None = None,
    limits: Callable[[str], Limits] = lambda path: Limits(),
    done: Callable[[str, Built], None] | None = None,
) -> dict[str, Built]:
    """Compile files (path to text; the name of a module is that of its file), and say what became of each.

    A file that requires one that did not compile is skipped. `done` is called with each as it comes. Where it raises, or on
    Ctrl-C, the children are ended at once.
    """
    _sweep_workplaces()
    with tempfile.TemporaryDirectory(prefix=f"{WORKPLACE}{os.getpid()}-") as place:
        run = _Run({**files}, coq, Path(place), _Cache(cache or cache_directory()), limits, done or (lambda *_: None))
        try:
            run.all(jobs)
        finally:
            run.end()
        run.cache.sweep()
    return {path: run.built[path] for path in files}


def _sweep_workplaces() -> None:
    """Throw away the places of runs that were killed."""
    for place in Path(tempfile.gettempdir()).glob(f"{WORKPLACE}*"):
        pid = place.name.removeprefix(WORKPLACE).partition("-")[0]
        if pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(place, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass
class _Child:
    path: str
    key: str
    process: subprocess.Popen[bytes]
    began: float
    seconds: float = 0
    megabytes: int = 0

    def ended(self) -> bool:
        """Whether it is done; what it has used is then written down."""
        pid, status, used = os.wait4(self.process.pid, os.WNOHANG)
        if pid:
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.seconds, self.megabytes = round(used.ru_utime + used.ru_stime, 3), used.ru_maxrss // 1024
        return bool(pid)


@dataclass
class _Run:
    files: dict[str, str]
    coq: Coq
    place: Path
    cache: _Cache
    limits: Callable[[str], Limits]
    done: Callable[[str, Built], None]
    built: dict[str, Built] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    children: list[_Child] = field(default_factory=list)

    @cached_property
    def needs(self) -> dict[str, tuple[str, ...]]:
        """The paths that each path requires."""
        paths = {Path(path).stem: path for path in self.files}
        if len(paths) < len(self.files):
            raise FocalError("two files of a Coq project have one name.")
        return {path: tuple(paths[m] for m in requirements(text, paths)) for path, text in self.files.items()}

    def all(self, jobs: int) -> None:
        """Compile all files."""
        for path, text in self.files.items():
            (self.place / path).parent.mkdir(parents=True, exist_ok=True)
            (self.place / path).write_text(text, encoding="utf-8")
        waiting = [*self.files]
        while waiting or self.children:
            ready = [path for path in waiting if all(p in self.built for p in self.needs[path])]
            if not ready and not self.children:
                raise FocalError(f"{waiting[0]} requires itself.")
            for path in ready:
                if len(self.children) < jobs:
                    waiting.remove(path)
                    self.start(path)
            self.look()

    def start(self, path: str) -> None:
        """Begin with a file: take it from the cache, or start a child."""
        needs = self.needs[path]
        failed = [p for p in needs if self.built[p].status != "compiled"]
        if failed:
            self.finish(path, Built("skipped", error=f"it requires {Path(failed[0]).stem}, which Coq does not accept"))
            return
        facts = [self.coq.version, self.coq.libraries, FLAGS, path, self.files[path], [self.hashes[p] for p in needs]]
        key = _sha(json.dumps(facts).encode())
        kept = self.cache.load(key)
        if kept is not None:
            self.object(path).write_bytes(kept[0])
            self.hashes[path] = _sha(kept[0])
            self.finish(path, kept[1])
            return
        # sh sets limits that end the child even where nobody is left to end it
        may = self.limits(path)
        limits = f"ulimit -t {may.seconds}; ulimit -v {may.megabytes * 1024} 2>/dev/null; "
        command = ["sh", "-c", f'{limits}exec "$0" "$@"', self.coq.command, *FLAGS, path]
        with (self.place / f"{path}.out").open("wb") as out, (self.place / f"{path}.err").open("wb") as err:
            process = subprocess.Popen(
                command, cwd=self.place, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
            )
        self.children.append(_Child(path, key, process, time.monotonic()))

    def object(self, path: str) -> Path:
        """Where the compiled file goes."""
        return (self.place / path).with_suffix(".vo")

    def look(self) -> None:
        """See which children are done; wait a moment if none is."""
        over = [child for child in self.children if child.ended()]
        for child in self.children:
            if child not in over and time.monotonic() - child.began > 10 * self.limits(child.path).seconds:
                _kill(child.process)
                over.append(child)
        if not over and self.children:
            time.sleep(0.01)
        for child in over:
            self.children.remove(child)
            self.collect(child)

    def collect(self, child: _Child) -> None:
        """What became of a child; a compiled file is kept at once."""
        out = (self.place / f"{child.path}.out").read_text(encoding="utf-8", errors="replace")
        err = (self.place / f"{child.path}.err").read_text(encoding="utf-8", errors="replace")
        code = child.process.returncode
        reached, output = _told(out)
        if code == 0 and self.object(child.path).is_file():
            data = self.object(child.path).read_bytes()
            built = Built("compiled", child.seconds, child.megabytes, output)
            self.hashes[child.path] = _sha(data)
            self.cache.keep(child.key, data, built)
        else:
            built = replace(self._refused(child.path, code, err, reached), seconds=child.seconds, megabytes=child.megabytes)
        self.finish(child.path, built)

    def _refused(self, path: str, code: int, err: str, reached: int) -> Built:
        found = re.search(r'^File "[^"]*", line (\d+), characters.*?\n(?:.*\n)*?Error:\s*((?:.*\n?)*)', err, re.MULTILINE)
        message = " ".join(found[2].split()) if found else " ".join(err.split())
        line = int(found[1]) if found else self.files[path].encode().count(b"\n", 0, reached) + 1
        if code < 0 or "memory" in message.lower() or not message:
            may = self.limits(path)
            what = f"{may.megabytes} MB" if "memory" in message.lower() else f"{may.seconds} s"
            return Built("exhausted", error=f"it needs more than {what}", line=line)
        return Built("refused", error=message.rstrip("."), line=line)

    def finish(self, path: str, built: Built) -> None:
        """Write down what became of a file."""
        self.built[path] = built
        self.done(path, built)

    def end(self) -> None:
        """End all children."""
        for child in self.children:
            _kill(child.process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


_TIMED = re.compile(r"^Chars (\d+) - (\d+) \[.*?\] [\d.]+ secs .*$\n?", re.MULTILINE)


def _told(out: str) -> tuple[int, str]:
    """Up to which byte Coq came, and what the commands of the file printed."""
    places = _TIMED.findall(out)
    return int(places[-1][1]) if places else 0, _TIMED.sub("", out).strip()
