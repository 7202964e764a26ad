"""A server of our own that stands for a payment company, and fails as one does."""

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Machine:
    """Answers `serve(method, path, headers, body)` over HTTP; `faults` says which call fails how.

    `deaf` closes the line before anything is done, `lost` does it and then closes the line,
    `broken` answers an error page as a proxy does.
    """

    def __init__(self):
        self.faults = {}
        self.asked = Counter()
        machine = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                call = machine.call(self.command, self.path, body)
                machine.asked[call] += 1
                fault = machine.faults.pop(call, "")
                if fault == "deaf":
                    self.close_connection = True
                    return
                if fault == "broken":
                    self.reply(502, {"Content-Type": "text/html"}, b"<h1>Bad Gateway</h1>")
                    return
                answer = machine.serve(self.command, self.path, self.headers, body)
                if fault == "lost":
                    self.close_connection = True
                    return
                self.reply(*answer)

            do_POST = do_GET  # noqa: N815

            def reply(self, status, headers, body):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def call(self, method, path, body):
        """Which of the contract's calls this is."""
        raise NotImplementedError

    def serve(self, method, path, headers, body):
        raise NotImplementedError
