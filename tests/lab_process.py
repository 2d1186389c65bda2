"""``poc-eval lab`` in a process of its own, for tests that talk to it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 60
LAUNCH = """
import signal
import sys
from pathlib import Path
# As at a terminal; a suite that runs in the background hands on that Ctrl-C is not heard.
signal.signal(signal.SIGINT, signal.default_int_handler)
from poc_eval.lab.launch import run_lab
sys.exit(run_lab(Path(sys.argv[1]), browser=False, say=lambda line: print(line, flush=True)))
"""


def _give_a_port_of_its_own(folder):
    """Note a free port where a workspace remembers its last one: servers of other runs are not met."""
    note = folder / ".poc-eval" / "lab" / "port"
    if note.exists() or (folder / ".poc-eval").is_file():
        return
    note.parent.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        note.write_text(str(free.getsockname()[1]), encoding="utf-8")


@dataclass
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Lab:
    """``poc-eval lab`` in a process of its own."""

    def __init__(self, folder, runtime, **more):
        _give_a_port_of_its_own(Path(folder))
        env = {**os.environ, "JUPYTER_RUNTIME_DIR": str(runtime), "POC_EVAL_LANG": "zh", **more}
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(folder)],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.line = self.process.stdout.readline().strip()
        assert "http://" in self.line, self.process.stderr.read()
        self.address, _, self.token = self.line.split()[-1].partition("/lab?token=")

    def ask(self, method, path, *, body=None, token=True, headers=None):
        """Send a request as a program would; ``token=False`` leaves out who asks."""
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"token {self.token}"
        data = (
            body if body is None or isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        )
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        try:
            connection.request(method, path, body=data, headers=sent)
            reply = connection.getresponse()
            return Answer(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def log_in(self):
        """Return the cookies of a browser that opened the printed address."""
        page = self.ask("GET", f"/lab?token={self.token}", token=False)
        cookies = SimpleCookie()
        for line in page.headers.get_all("Set-Cookie"):
            cookies.load(line)
        return {name: morsel.value for name, morsel in cookies.items()}

    def stop(self, how=signal.SIGTERM):
        """End it and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        with self.process:
            return self.process.wait(PATIENCE)
