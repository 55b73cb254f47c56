"""The program at the far end of a real sshd, and through mosh: it looks as it does here, and a cut link loses nothing.

The sshd is one of our own: on a port that is free, with keys made for the test, on this machine alone.
"""

from __future__ import annotations

import getpass
import os
import select
import shlex
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Start
from terminal import MANY, PATIENCE, Terminal

pytestmark = pytest.mark.terminal

SERVER = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/person.pub
PidFile none
UsePAM no
PasswordAuthentication no
StrictModes no
ClientAliveInterval 1
ClientAliveCountMax 2
"""
CLIENT = """
Host far
  HostName 127.0.0.1
  Port {port}
  User {person}
  IdentityFile {folder}/person
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known
  StrictHostKeyChecking no
  LogLevel ERROR
"""
NOT_THERE = "there is no sshd here that can be started"


def _found(name: str) -> str:
    program = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
    return program or pytest.skip(f"there is no {name} here")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An sshd that runs; the file is what ssh is to be told about it, its host is ``far``."""
    sshd, keygen, _ = _found("sshd"), _found("ssh-keygen"), _found("ssh")
    folder, port = tmp_path_factory.mktemp("sshd"), _free_port()
    for key in ("host", "person"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)], check=True, timeout=PATIENCE)
    for name, text in (("server", SERVER), ("client", CLIENT)):
        (folder / name).write_text(text.format(port=port, folder=folder, person=getpass.getuser()))
    running = subprocess.Popen([sshd, "-D", "-e", "-f", str(folder / "server")], stderr=subprocess.PIPE)
    try:
        assert running.stderr is not None
        if b"listening" not in running.stderr.readline():
            pytest.skip(NOT_THERE)
        known = subprocess.run(["ssh", "-F", str(folder / "client"), "far", "true"], capture_output=True, timeout=PATIENCE)
        if known.returncode:
            pytest.skip(NOT_THERE)
        yield folder / "client"
    finally:
        running.terminate()
        running.wait(PATIENCE)


@pytest.fixture
def far(server: Path, path: Path, environ: dict[str, str], home: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens the workspace of the test at the far end of an ssh, and waits until it shows."""
    opened: list[Terminal] = []

    def begin(*options: str, columns: int = 80, rows: int = 24) -> Terminal:
        line = ["ssh", "-F", str(server), "-tt", *options, "far", far_line(environ, home)]
        opened.append(Terminal(line, environ, columns=columns, rows=rows, folder=home))
        return opened[-1].wait_for("1 Missions", "Readers find")

    yield begin
    for terminal in opened:
        terminal.__exit__(None, None, None)


def far_line(environ: dict[str, str], home: Path) -> str:
    """What the shell at the far end is to run: the program, in the environment of the test, its process noted."""
    kept = [f"{name}={value}" for name, value in environ.items() if name != "TERM"]
    return f"echo $$ > {shlex.quote(str(home / 'process'))}; exec {shlex.join(['env', *kept, *MANY])}"


def process(home: Path) -> int:
    """The process at the far end."""
    return int((home / "process").read_text())


def wait_until_gone(number: int) -> None:
    """Wait for the end of a process that is not ours."""
    deadline = time.monotonic() + PATIENCE
    with suppress(ProcessLookupError):
        while True:
            os.kill(number, 0)
            assert time.monotonic() < deadline, f"process {number} still runs"
            select.select([], [], [], 0.02)


def parent(number: int) -> int:
    found = subprocess.run(["ps", "-o", "ppid=", "-p", str(number)], capture_output=True, text=True, check=True)
    return int(found.stdout)


def pages(terminal: Terminal) -> Iterator[str]:
    """What is shown on some pages, a form and the help."""
    for key, shown in (("2", "> B3"), ("j", "> B5"), ("e", "Enter goes on"), ("escape", "? help"), ("5", "shaping 1")):
        terminal.press(key).wait_for(shown)
        terminal.until(lambda: not terminal.receive(0.15), "the end of what is sent")
        yield terminal.text


@pytest.mark.parametrize(("options", "size"), [((), (80, 24)), (("-C",), (160, 45))], ids=["plain", "compressed"])
def test_over_ssh_everything_looks_as_it_does_here(
    far: Callable[..., Terminal], many: Start, options: tuple[str, ...], size: tuple[int, int]
) -> None:
    columns, rows = size
    there = far(*options, columns=columns, rows=rows)
    assert list(pages(there)) == list(pages(many(columns=columns, rows=rows)))
    there.press("q")
    assert there.wait_for_exit() == 0
    assert not there.is_alternate and not there.is_cursor_hidden


def test_over_ssh_a_resize_arrives(far: Callable[..., Terminal]) -> None:
    terminal = far()
    terminal.resize(120, 30)
    terminal.wait_for(lambda one: "q quit" in one.lines[29])


@pytest.mark.parametrize("cut", ["the client is killed", "its session is killed", "nothing arrives any more"])
def test_over_ssh_a_link_that_is_cut_ends_the_program_and_keeps_the_draft(
    far: Callable[..., Terminal], many: Start, home: Path, cut: str
) -> None:
    terminal = far().press("2").wait_for("> B3").press("e").wait_for("Enter goes on").type(" soon").wait_for("typos soon")
    program = process(home)
    if cut == "its session is killed":
        os.kill(parent(program), signal.SIGKILL)
    else:
        terminal.signal(signal.SIGSTOP if cut == "nothing arrives any more" else signal.SIGKILL)
    wait_until_gone(program)
    again = many().wait_for("A draft was kept", "Search forgives typos")
    again.press(":").type("draft").press("enter").wait_for("Search forgives typos soon", "1 changed")


def test_through_mosh_everything_looks_as_it_does_here(
    server: Path, path: Path, environ: dict[str, str], home: Path, many: Start
) -> None:
    around = {**environ, "LC_ALL": "C.UTF-8"}
    serving = f"env MOSH_SERVER_NETWORK_TMOUT={PATIENCE:.0f} mosh-server"
    line = [
        _found("mosh"),
        f"--ssh=ssh -F {server}",
        f"--server={serving}",
        "far",
        "--",
        "/bin/sh",
        "-c",
        far_line(around, home),
    ]
    with Terminal(line, around, folder=home) as terminal:
        terminal.wait_for("1 Missions", "Readers find")
        assert list(pages(terminal)) == list(pages(many()))
        terminal.press("q")
        wait_until_gone(process(home))
        terminal.wait_for_exit()
