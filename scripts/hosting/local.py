"""Start real web servers with the generated configuration, on a local port."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from scripts.tools.browser import is_root
from scripts.tools.servers import find_or_install_servers


class Answer(NamedTuple):
    """A server's response: status, headers with names in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server(NamedTuple):
    """A running server.

    Attributes:
        name: ``nginx`` or ``caddy``.
        port: Local port.
    """

    name: str
    port: int

    @property
    def url(self) -> str:
        """The address, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, **headers: str) -> Answer:
        """Send a GET request for a path exactly as given, without following redirects."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())
        finally:
            connection.close()


def free_port() -> int:
    """Return a free local port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a server that was just started answers at a local port, ten seconds at most.

    Raises:
        RuntimeError: The server has stopped, or does not answer.
    """
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"it stopped with exit code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("it did not answer within ten seconds")


NGINX = """
daemon off;
pid {home}/nginx.pid;
error_log stderr warn;
{user}
events {{}}
http {{
  access_log off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    include {settings};
  }}
}}
"""

CADDY = """{{
	admin off
	auto_https off
}}
import {settings}
"""


def _command(name: str, program: Path, root: Path, settings: Path, port: int) -> list[str]:
    home = settings.parent
    if name == "nginx":
        # As root, nginx would run its workers as a user who may not read the tests' folders.
        user = "user root;" if is_root() else ""
        text = NGINX.format(home=home, user=user, port=port, root=root, settings=settings)
        (home / "nginx.conf").write_text(text, encoding="utf-8")
        return [str(program), "-p", str(home), "-e", "stderr", "-c", str(home / "nginx.conf")]
    text = CADDY.format(settings=settings)
    (home / "Caddyfile.test").write_text(text, encoding="utf-8")
    return [
        *(str(program), "run", "--adapter", "caddyfile"),
        *("--config", str(home / "Caddyfile.test")),
    ]


@contextmanager
def running(name: str, root: Path, settings: Path) -> Iterator[Server]:
    """Run a server for as long as the caller needs it.

    Args:
        name: ``nginx`` or ``caddy``.
        root: Folder that the settings serve.
        settings: File of settings, in a folder of its own.
    """
    program, port = find_or_install_servers()[name], free_port()
    log = settings.parent / f"{name}.log"
    environment = {
        **os.environ,
        "CRS_SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "CRS_SITE_FOLDER": str(root),
        "XDG_DATA_HOME": str(settings.parent),
        "XDG_CONFIG_HOME": str(settings.parent),
    }
    command = _command(name, program, root, settings, port)
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
    try:
        try:
            wait_for(process, port)
        except RuntimeError as error:
            said_by = log.read_text(encoding="utf-8")
            raise RuntimeError(f"{name}: {error}. Its log:\n{said_by}") from error
        yield Server(name, port)
    finally:
        process.terminate()
        process.wait(10)
