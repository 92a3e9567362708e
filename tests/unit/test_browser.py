"""Finding Chromium: the order of the search, and the message if there is none."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import pytest

from scripts.tools import browser
from scripts.tools.browser import BrowserNotFoundError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser, and the folder that holds its commands."""
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(browser, "playwright_chromium", lambda: None)
    return tmp_path


def put(path: Path) -> Path:
    """Make an executable file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return path


def test_the_variable_comes_first(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = put(machine / "mine" / "browser")
    monkeypatch.setenv(browser.VARIABLE, str(chosen))
    monkeypatch.setattr(browser, "playwright_chromium", lambda: put(machine / "managed"))
    put(machine / "chromium")
    assert browser.find_chromium() == chosen


def test_a_variable_that_names_nothing_is_not_passed_over(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(machine / "chromium")
    monkeypatch.setenv(browser.VARIABLE, str(machine / "gone"))
    with pytest.raises(BrowserNotFoundError, match=r"CRS_CHROMIUM is set to .*gone"):
        browser.find_chromium()


def test_playwrights_own_comes_before_the_systems(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    managed = put(machine / "managed")
    monkeypatch.setattr(browser, "playwright_chromium", lambda: managed)
    put(machine / "chromium")
    assert browser.find_chromium() == managed


def test_the_shell_comes_first_unless_the_whole_browser_is_needed(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, managed = put(machine / browser.SHELL), put(machine / "managed")
    monkeypatch.setattr(browser, "playwright_chromium", lambda: managed)
    assert browser.find_or_install_chromium() == shell
    assert browser.find_or_install_chromium(with_window=True) == managed


def test_commands_are_tried_in_their_order(machine: Path) -> None:
    for command in reversed(browser.COMMANDS):
        put(machine / command)
        assert browser.find_chromium() == machine / command


@pytest.mark.parametrize("system", ["Linux", "Darwin", "Windows"])
def test_finds_none_where_there_is_none(
    system: str, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(machine.iterdir())
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(browser, "MAC_APPLICATIONS", (str(machine / "Chromium.app"),))
    for root in browser.WINDOWS_ROOTS:
        monkeypatch.setenv(root, str(machine))
    assert browser.find_chromium() is None


def test_finds_an_application_of_a_mac(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    application = put(machine / "Google Chrome.app" / "Google Chrome")
    monkeypatch.setattr(browser, "MAC_APPLICATIONS", (str(machine / "no"), str(application)))
    assert browser.find_chromium() is None
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    assert browser.find_chromium() == application


def test_finds_a_program_of_windows(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = put(machine / "Microsoft/Edge/Application/msedge.exe")
    monkeypatch.setenv("PROGRAMFILES(X86)", str(machine))
    assert browser.find_chromium() is None
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    assert browser.find_chromium() == edge


def test_playwrights_answer_counts_only_if_the_file_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    managed = tmp_path / "chrome"
    answer = subprocess.CompletedProcess([], 0, stdout=f"{managed}\n", stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: answer)
    assert browser.playwright_chromium() is None
    managed.touch()
    assert browser.playwright_chromium() == managed


def test_without_root_it_says_how_to_get_one_on_each_system(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(machine / "apt-get")
    monkeypatch.setattr(browser, "is_root", lambda: False)
    with pytest.raises(BrowserNotFoundError) as caught:
        browser.find_or_install_chromium()
    for command in (
        "apt-get install -y chromium",
        "brew install --cask chromium",
        "winget install Google.Chrome",
        "playwright install chromium",
    ):
        assert command in str(caught.value)


@pytest.mark.parametrize("has_the_shell", [True, False])
def test_as_root_on_debian_it_installs_one_and_says_so_first(
    *,
    has_the_shell: bool,
    machine: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = machine / "log"
    # The fourth argument of apt-get is the package of the browser.
    there = "*" if has_the_shell else "chromium"
    put(machine / "apt-get").write_text(
        f'#!/bin/sh\necho "$@" >> {log}\n[ "$1" = update ] && exit\ncase "$4" in {there}) '
        f': > "{machine}/$4"; /bin/chmod +x "{machine}/$4";; *) exit 100;; esac\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(browser, "is_root", lambda: True)
    installed = browser.SHELL if has_the_shell else "chromium"
    assert browser.find_or_install_chromium() == machine / installed
    asked = [line for line in log.read_text("utf-8").splitlines() if line != "update"]
    tried = [browser.SHELL] if has_the_shell else [browser.SHELL, "chromium"]
    assert asked == [
        f"install -y --no-install-recommends {package} fonts-liberation" for package in tried
    ]
    assert "apt-get update && apt-get install" in capsys.readouterr().err


def test_a_failed_apt_get_shows_its_words_and_the_other_ways(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(machine / "apt-get").write_text(
        '#!/bin/sh\necho "E: Could not resolve deb.debian.org"; exit 100\n', encoding="utf-8"
    )
    monkeypatch.setattr(browser, "is_root", lambda: True)
    with pytest.raises(BrowserNotFoundError) as caught:
        browser.find_or_install_chromium()
    assert "apt-get update failed" in str(caught.value)
    assert "Could not resolve" in str(caught.value)
    assert "winget install" in str(caught.value)


def test_an_apt_get_that_brings_no_browser_is_not_taken_for_success(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(machine / "apt-get").write_text("#!/bin/sh\n", encoding="utf-8")
    monkeypatch.setattr(browser, "is_root", lambda: True)
    with pytest.raises(BrowserNotFoundError, match="none was found"):
        browser.find_or_install_chromium()


def test_the_sandbox_is_given_up_only_as_root() -> None:
    assert "--no-sandbox" in browser.chromium_flags(as_root=True)
    assert "--no-sandbox" not in browser.chromium_flags(as_root=False)
