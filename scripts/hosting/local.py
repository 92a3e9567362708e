"""Start real web servers with the generated configuration, on a local port."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Collection, Iterator
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
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
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
    """Wait until a server that was just started answers at a local port, a minute at most.

    Raises:
        RuntimeError: The server has stopped, or does not answer.
    """
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"it stopped with exit code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("it did not answer within a minute")


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


@contextmanager
def started(
    name: str, configuration: str, home: Path, ports: Collection[int], **variables: str
) -> Iterator[None]:
    """Run a server for as long as the caller needs it.

    Args:
        name: ``nginx`` or ``caddy``.
        configuration: The text of its configuration file.
        home: Folder for that file, the log, and what the server stores.
        ports: Local ports at which it must answer.
        variables: Environment variables that the configuration reads.
    """
    program = str(find_or_install_servers()[name])
    file, log = home / f"{name}.conf", home / f"{name}.log"
    file.write_text(configuration, encoding="utf-8")
    command = {
        "nginx": [program, "-p", str(home), "-e", "stderr", "-c", str(file)],
        "caddy": [program, "run", "--adapter", "caddyfile", "--config", str(file)],
    }[name]
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment | variables)
    try:
        try:
            for port in ports:
                wait_for(process, port)
        except RuntimeError as error:
            said_by = log.read_text(encoding="utf-8")
            raise RuntimeError(f"{name}: {error}. Its log:\n{said_by}") from error
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def running(name: str, root: Path, settings: Path) -> Iterator[Server]:
    """Run a server with our settings for as long as the caller needs it.

    Args:
        name: ``nginx`` or ``caddy``.
        root: Folder that the settings serve.
        settings: File of settings, in a folder of its own.
    """
    home, port = settings.parent, free_port()
    # As root, nginx would run its workers as a user who may not read the tests' folders.
    user = "user root;" if is_root() else ""
    text = {"nginx": NGINX, "caddy": CADDY}[name].format(
        home=home, user=user, port=port, root=root, settings=settings
    )
    address = f"http://127.0.0.1:{port}"
    with started(name, text, home, [port], CRS_SITE_ADDRESS=address, CRS_SITE_FOLDER=str(root)):
        yield Server(name, port)
