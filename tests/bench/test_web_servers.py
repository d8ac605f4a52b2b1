"""The comparison of web servers: it reads answers as they come, and refuses what is no page."""

import os
import socket
import subprocess
import sys
import threading

import pytest

from bench.cpu import memory
from bench.web_servers import Compared, ask_all, line


def serve(answer):
    """A server that gives this answer to every request; its port, and how often it was asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked = []

    def one(connection):
        with connection:
            while request := connection.recv(65536):
                asked.append(request)
                # In two pieces, as networks do.
                connection.sendall(answer[:30])
                connection.sendall(answer[30:])

    def accept():
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener, asked


def test_every_request_is_asked_and_its_answer_read_to_the_end():
    listener, asked = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Other: 1\r\n\r\nhello")

    ask_all(listener.getsockname()[1], b"GET / HTTP/1.1\r\n\r\n", 50)

    listener.close()
    assert len(asked) == 50


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_an_answer_that_is_no_page_ends_the_comparison(answer):
    listener, _asked = serve(answer)

    with pytest.raises(ValueError, match=r"not a page|without its length"):
        ask_all(listener.getsockname()[1], b"GET / HTTP/1.1\r\n\r\n", 1)

    listener.close()


def test_the_memory_of_children_counts():
    hold = "import sys; held = bytes(range(256)) * 200_000; print(len(held), flush=True); sys.stdin.read()"
    child = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdout.readline()
    try:
        held = memory([child.pid])
        with_child = memory([os.getpid()])
    finally:
        child.stdin.close()
        child.stdout.close()
        child.wait()

    assert held > 40_000_000
    assert with_child > held


def test_a_line_names_server_page_and_figures():
    shown = line(Compared("granian, WSGI", "a page", cpu_ms=0.5, per_second=1234.4, memory_mb=99.6))

    assert shown.split() == [
        "a",
        "page",
        "granian,",
        "WSGI",
        "0.50",
        "ms",
        "CPU",
        "1234",
        "a",
        "second",
        "100",
        "MB",
    ]
