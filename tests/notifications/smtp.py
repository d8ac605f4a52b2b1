"""A mail server for tests: RFC 5321 as far as smtplib speaks it, with faults on demand."""

import threading
from email import message_from_bytes
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer


class MailServer(ThreadingTCPServer):
    """Keeps what it took in `messages`.

    `answers` maps a command to the line it is answered with; `hangs_up_after` names how manieth messages are taken
    and then not acknowledged: the line is cut, as by a server that dies after DATA.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.port = self.server_address[1]
        self.messages, self.answers, self.hangs_up_after = [], {}, set()
        self.connections = 0
        self.lock = threading.Lock()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """A client that was killed leaves a broken line behind; that is part of the test."""

    @property
    def ids(self):
        return [message["Message-ID"] for message in self.messages]


class Session(StreamRequestHandler):
    def handle(self):
        with self.server.lock:
            self.server.connections += 1
        self.say("220 ready")
        while line := self.rfile.readline():
            command = line.split()[0].upper().decode() if line.split() else ""
            if command == "QUIT":
                self.say("221 bye")
                return
            answer = self.server.answers.get(command)
            if answer == "cut":
                return
            if command == "DATA" and answer is None:
                if not self.take():
                    return
                continue
            self.say(answer or "250 ok")

    def take(self):
        """The text up to the dot; False where the line is cut in place of an answer."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b"."))
        with self.server.lock:
            self.server.messages.append(message_from_bytes(b"".join(lines), policy=default))
            number = len(self.server.messages)
        if number in self.server.hangs_up_after:
            return False
        self.say("250 taken")
        return True

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
