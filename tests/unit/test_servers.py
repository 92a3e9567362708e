"""Finding the servers that tests start, and the message if one is missing."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from scripts.tools import servers
from scripts.tools.servers import ServerNotFoundError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without servers, and the folder that holds its commands."""
    for name in servers.SERVERS:
        monkeypatch.delenv(servers.variable_of(name), raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(servers, "SYSTEM_FOLDERS", ())
    monkeypatch.setattr(servers, "POLICY", tmp_path / "policy-rc.d")
    monkeypatch.setattr(servers, "is_root", lambda: True)
    return tmp_path


def put(path: Path, text: str = "#!/bin/sh\n") -> Path:
    """Make an executable file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def apt(machine: Path, log: Path, brings: tuple[str, ...]) -> None:
    """Make an ``apt-get`` that logs its arguments and whether services may start meanwhile."""
    touch = "".join(f": > {machine}/{name}; /bin/chmod +x {machine}/{name}; " for name in brings)
    policy = f"[ -x {machine}/policy-rc.d ] && echo no service starts >> {log}"
    put(
        machine / "apt-get",
        f'#!/bin/sh\necho "$@" >> {log}\n[ "$1" = update ] || {{ {policy}; {touch}: ; }}\n',
    )


def test_the_variable_comes_before_the_path(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = put(machine / "mine" / "server")
    put(machine / "nginx")
    monkeypatch.setenv("CRS_NGINX", str(own))
    assert servers.find_server("nginx") == own
    monkeypatch.setenv("CRS_NGINX", str(machine / "gone"))
    with pytest.raises(ServerNotFoundError, match=r"CRS_NGINX is set to .*gone"):
        servers.find_server("nginx")


def test_it_looks_where_only_root_would(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert servers.find_server("nginx") is None
    program = put(machine / "sbin" / "nginx")
    monkeypatch.setattr(servers, "SYSTEM_FOLDERS", (str(machine / "sbin"),))
    assert servers.find_server("nginx") == program


def test_what_is_there_is_not_installed_again(machine: Path) -> None:
    put(machine / "apt-get", "#!/bin/sh\nexit 1\n")
    found = {name: put(machine / name) for name in servers.SERVERS}
    assert servers.find_or_install_servers() == found


def test_as_root_on_debian_only_the_missing_one_is_installed_and_no_service_starts(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = machine / "log"
    put(machine / "nginx")
    apt(machine, log, ("caddy",))
    assert servers.find_or_install_servers()["caddy"] == machine / "caddy"
    assert log.read_text(encoding="utf-8").splitlines() == [
        "update",
        "install -y --no-install-recommends caddy",
        "no service starts",
    ]
    assert not servers.POLICY.exists()
    assert "apt-get update && apt-get install" in capsys.readouterr().err


def test_a_policy_of_the_machine_s_own_is_left_as_it_is(machine: Path) -> None:
    put(servers.POLICY, "#!/bin/sh\nexit 0\n")
    apt(machine, machine / "log", servers.SERVERS)
    servers.find_or_install_servers()
    assert servers.POLICY.read_text(encoding="utf-8").endswith("exit 0\n")


@pytest.mark.parametrize(("root", "system"), [(False, "Linux"), (True, "Darwin")])
def test_elsewhere_it_says_how_to_get_them_and_installs_nothing(
    machine: Path, monkeypatch: pytest.MonkeyPatch, root: bool, system: str
) -> None:
    log = machine / "log"
    apt(machine, log, servers.SERVERS)
    monkeypatch.setattr(servers, "is_root", lambda: root)
    monkeypatch.setattr(platform, "system", lambda: system)
    with pytest.raises(ServerNotFoundError) as caught:
        servers.find_or_install_servers()
    for words in ("apt-get install -y nginx caddy", "brew install nginx caddy", "winget install"):
        assert words in str(caught.value)
    assert not log.exists()


def test_a_failed_apt_get_shows_its_words_and_the_other_ways(machine: Path) -> None:
    put(machine / "apt-get", '#!/bin/sh\necho "E: Could not resolve deb.debian.org"; exit 100\n')
    with pytest.raises(ServerNotFoundError) as caught:
        servers.find_or_install_servers()
    assert "apt-get update failed" in str(caught.value)
    assert "Could not resolve" in str(caught.value)
    assert "brew install" in str(caught.value)


def test_an_apt_get_that_brings_nothing_is_not_taken_for_success(machine: Path) -> None:
    put(machine / "apt-get")
    with pytest.raises(ServerNotFoundError, match="were not found: nginx caddy"):
        servers.find_or_install_servers()
