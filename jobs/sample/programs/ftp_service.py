"""A throw-away FTP-like service on the loopback: one forked worker a connection.

usage: ftp_service.py PORT CONNECTIONS ACCOUNTS ROOT

It ends after that many connections. ACCOUNTS holds lines of name:salt:hash; the commands are USER,
PASS, LIST, RETR, STOR, SIZE and QUIT, all over the one connection.
"""

import fcntl
import hashlib
import os
import signal
import socketserver
import sys
import time


def hashed(salt, password):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 200).hex()


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        signal.alarm(60)
        self.user, self.trusted, self.refused = "", False, 0
        self.reply(220, "ready")
        for line in self.rfile:
            command, _, argument = line.decode().strip().partition(" ")
            if command == "QUIT":
                self.reply(221, "bye")
                return
            if command in ("USER", "PASS") or self.trusted:
                getattr(self, "do_" + command)(argument)
            else:
                self.reply(530, "log in first")

    def reply(self, code, text):
        self.wfile.write(f"{code} {text}\r\n".encode())

    def do_USER(self, name):
        self.user = name
        self.reply(331, "password please")

    def do_PASS(self, password):
        os.access(os.path.join(ROOT, "nologin"), os.R_OK)
        with open(ACCOUNTS) as accounts:
            for account in accounts:
                name, salt, expected = account.strip().split(":")
                if name == self.user and hashed(salt, password) == expected:
                    self.trusted = True
        with open(os.path.join(ROOT, "ftp.log"), "a") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            log.write(f"{time.time():.0f} {os.getpid()} {self.user} {self.trusted}\n")
        if self.trusted:
            os.stat(os.path.join(ROOT, "files"))
            os.chdir(os.path.join(ROOT, "files"))
            self.reply(230, "welcome")
        else:
            self.refused += 1
            if self.refused > 1:
                self.tally()
            time.sleep(0.01)
            self.reply(530, "wrong")

    def tally(self):
        """Count repeated failures of the user, as pam_faillock does."""
        with open(os.path.join(ROOT, f"failed-{self.user}"), "a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            before = len(file.readlines())
            file.write(f"{time.time():.0f} {self.client_address[0]} {before}\n")
        os.chmod(file.name, 0o600)

    def do_LIST(self, _):
        lines = [f"{entry.name} {entry.stat().st_size}" for entry in os.scandir(".")]
        self.reply(226, ", ".join(sorted(lines)))

    def do_SIZE(self, name):
        self.reply(213, os.stat(os.path.basename(name)).st_size)

    def do_RETR(self, name):
        with open(os.path.basename(name), "rb") as file:
            self.reply(150, os.fstat(file.fileno()).st_size)
            while block := file.read(4096):
                self.wfile.write(block)
        self.reply(226, "done")

    def do_STOR(self, argument):
        name, size = argument.split()
        self.reply(150, "go on")
        with open(os.path.basename(name), "wb") as file:
            file.write(self.rfile.read(int(size)))
        self.reply(226, "stored")


class Service(socketserver.ForkingTCPServer):
    allow_reuse_address = True
    request_queue_size = 32


PORT, CONNECTIONS = int(sys.argv[1]), int(sys.argv[2])
ACCOUNTS, ROOT = sys.argv[3:]
signal.alarm(60)
with Service(("127.0.0.1", PORT), Session) as service:
    for _ in range(CONNECTIONS):
        service.handle_request()
