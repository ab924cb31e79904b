"""Clients of the throw-away services, and the listener that the payloads connect to."""

import socket
import time
import urllib.parse
from random import Random

import scratch_files

# Seconds that a client waits for a service that starts, and for each answer.
PATIENCE = 30

# What the agents mask their answers with, so that "\n.\n" ends an answer.
KEY = 0x2A

# The fewest and the most passwords that are guessed over one connection.
GUESSES = 3, 8


def free_port() -> int:
    """A port of the loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def connected(port: int) -> socket.socket:
    """A connection to a service, as soon as it listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


class LineClient:
    """A conversation in lines, one at a time each way."""

    def __init__(self, port: int) -> None:
        self._socket = connected(port)
        self._lines = self._socket.makefile("rb")
        self.read()

    def read(self) -> str:
        return self._lines.readline().decode(errors="replace")

    def ask(self, line: str) -> str:
        """Send a line and return the one that comes back."""
        self._socket.sendall(line.encode() + b"\n")
        return self.read()

    def send(self, content: bytes) -> str:
        """Send bytes and return the line that comes back."""
        self._socket.sendall(content)
        return self.read()

    def skip(self, size: int) -> None:
        self._lines.read(size)

    def close(self) -> None:
        self._lines.close()
        self._socket.close()


def ftp_session(port: int, random: Random, user: str, password: str, names: list[str]) -> None:
    """Log in, now and then at the second try, and list, fetch and store some files."""
    client = LineClient(port)
    if random.random() < 0.3:
        client.ask(f"USER {user}")
        client.ask("PASS mistyped")
    client.ask(f"USER {user}")
    client.ask(f"PASS {password}")
    for _ in range(random.randint(3, 10)):
        name = random.choice(names)
        match random.choice(("LIST", "SIZE", "RETR", "STOR")):
            case "LIST":
                client.ask("LIST")
            case "SIZE":
                client.ask(f"SIZE {name}")
            case "RETR":
                client.skip(int(client.ask(f"RETR {name}").split()[1]))
                client.read()
            case "STOR":
                content = scratch_files.text(random, random.randint(1, 300)).encode()
                client.ask(f"STOR new-{name} {len(content)}")
                client.send(content)
    client.ask("QUIT")
    client.close()


def login_session(port: int, random: Random, user: str, password: str) -> None:
    """Log in, now and then at the second try, and run a few commands."""
    client = LineClient(port)
    if random.random() < 0.3:
        client.ask(f"auth {user} mistyped")
    client.ask(f"auth {user} {password}")
    commands = ("ls -l", "wc note-0.txt", "date", "sort note-1.txt | head", "df . | tail -1", "id")
    for command in random.choices(commands, k=random.randint(3, 8)):
        client.ask(f"run {command}")
    client.ask("bye")
    client.close()


def guess_ftp(port: int, random: Random, users: list[str]) -> None:
    """Try wrong passwords over FTP."""
    client = LineClient(port)
    for _ in range(random.randint(*GUESSES)):
        client.ask(f"USER {random.choice(users)}")
        client.ask(f"PASS guess-{random.getrandbits(32):x}")
    client.close()


def guess_login(port: int, random: Random, users: list[str]) -> None:
    """Try wrong passwords on the login service."""
    client = LineClient(port)
    for _ in range(random.randint(*GUESSES)):
        client.ask(f"auth {random.choice(users)} guess-{random.getrandbits(32):x}")
    client.close()


def browse(port: int, paths: list[str]) -> None:
    """Fetch pages one after the other over one connection."""
    with connected(port) as connection, connection.makefile("rb") as answers:
        for path in paths:
            quoted = urllib.parse.quote(path, safe="/?=")
            connection.sendall(f"GET {quoted} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            size = 0
            while line := answers.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            answers.read(size)


class Handler:
    """Waits for a payload to connect and gives it commands."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(PATIENCE)
        self.port = int(self._listener.getsockname()[1])

    def command(self, commands: list[str], masked: bool) -> None:
        """Send the commands one by one, each after the answer to the last, and end the payload."""
        end = bytes(byte ^ KEY for byte in b"\n.\n") if masked else b"\n.\n"
        with self._listener, self._listener.accept()[0] as payload:
            payload.settimeout(PATIENCE)
            for command in commands:
                payload.sendall(command.encode() + b"\n")
                answer = b"\n"
                while not answer.endswith(end):
                    part = payload.recv(65536)
                    if not part:
                        raise RuntimeError(f"Cannot go on: the payload ended at '{command}'")
                    answer = answer[-8:] + part
            payload.sendall(b"exit\n")
