"""What is handed to other programs: none of them keeps the app waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.screens import outside


@pytest.mark.parametrize(("script", "taken"), [("cat > taken", True), ("exit 1", False), ("exec sleep 30", False)])
def test_a_text_goes_through_tmux_only_where_tmux_takes_it_in_time(
    script: str, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(outside, "TMUX_ANSWERS", 0.5)
    assert outside._given_to_tmux("ünder\n") is taken
    assert not taken or (tmp_path / "taken").read_text() == "ünder\n"
