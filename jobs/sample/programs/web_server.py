"""A web server on the loopback: static files, and pages that programs write; a worker a connection.

usage: web_server.py PORT CONNECTIONS ROOT

It ends after that many connections. /pages/NAME?QUERY runs the Perl script ROOT/pages/NAME with
QUERY_STRING set, as CGI does.
"""

import http.server
import os
import signal
import socketserver
import subprocess
import sys
import time
import urllib.parse


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if not url.path.startswith("/pages/"):
            super().do_GET()
            return
        script = self.translate_path(url.path)
        if not os.path.isfile(script):
            self.send_error(404)
            return
        environment = {"QUERY_STRING": urllib.parse.unquote_plus(url.query), "PATH": "/usr/bin"}
        page = subprocess.run(
            ["/usr/bin/perl", script], env=environment, stdout=subprocess.PIPE, timeout=30
        ).stdout
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format, *arguments):
        with open("access.log", "a") as log:
            log.write(f"{time.time():.0f} {self.client_address[0]} {format % arguments}\n")


class Server(socketserver.ForkingMixIn, http.server.HTTPServer):
    pass


os.chdir(sys.argv[3])
signal.alarm(60)
with Server(("127.0.0.1", int(sys.argv[1])), Handler) as server:
    for _ in range(int(sys.argv[2])):
        server.handle_request()
