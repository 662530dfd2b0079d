"""Links to other sites: what is lost is listed, gently, and nothing fails by it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from coproduction import outside
from coproduction.outside import Link
from tiny import write

ANSWERS = {"/here": 200, "/gone": 404, "/taken-out": 410, "/closed-to-machines": 403, "/too-often": 429, "/broken": 500}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.path, time.monotonic()))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/here")
            return self.end_headers()
        if self.path == "/slow":
            self.server.done.wait(5)
        self.send_response(ANSWERS.get(self.path, 200))
        self.send_header("Content-Length", "0")
        return self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads, server.asked, server.done = True, [], threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.done.set()
    server.shutdown()
    server.server_close()


def at(host: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{host.server_address[1]}{path}"


@pytest.mark.parametrize("path", ["/here", "/moved", "/closed-to-machines", "/too-often"])
def test_a_page_that_is_there_or_closed_to_machines_is_not_lost(path: str, host: ThreadingHTTPServer) -> None:
    assert outside.why_lost(at(host, path)) == ""


@pytest.mark.parametrize(("path", "why"), [("/gone", "the host answers 404"), ("/taken-out", "the host answers 410"), ("/broken", "the host answers 500")])
def test_a_page_that_is_gone_is_lost_and_its_host_is_quoted(path: str, why: str, host: ThreadingHTTPServer) -> None:
    assert outside.why_lost(at(host, path)) == why


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://[broken/", "https://127.0.0.1:1/", "http://a b/"])
def test_an_address_where_nobody_answers_is_lost_and_nothing_breaks(address: str) -> None:
    assert outside.why_lost(address).startswith("no answer")


def test_waiting_comes_to_an_end(host: ThreadingHTTPServer) -> None:
    assert outside.why_lost(at(host, "/slow"), patience=0.2).startswith("no answer")


def test_each_host_is_asked_one_thing_at_a_time_with_a_pause(host: ThreadingHTTPServer) -> None:
    links = [Link(at(host, f"/{number}"), ("",)) for number in range(3)]
    assert outside.lost(links, pause=0.1) == []
    times = [when for _, when in host.asked]
    assert len(times) == 3 and all(later - earlier >= 0.1 for earlier, later in zip(times, times[1:], strict=False))


def test_our_own_pages_and_names_that_nobody_can_own_are_not_asked_for(host: ThreadingHTTPServer) -> None:
    links = [Link(at(host, "/ours/gone"), ("",)), Link("https://garden.example/", ("",)), Link(at(host, "/gone"), ("",))]
    lost = outside.lost(links, own=(at(host, "/ours/"),), pause=0)
    assert [one.link for one in lost] == [links[2]] and [path for path, _ in host.asked] == ["/gone"]


def test_links_are_taken_from_the_words_of_each_page_once_and_listed_with_their_pages(host: ThreadingHTTPServer, tmp_path: Path) -> None:
    gone, here = at(host, "/gone"), at(host, "/here")
    html = f'<main><a href="{gone}#part">a</a><a href="{here}">b</a><a href="../">c</a><a href="mailto:a@b.example">d</a></main>'
    write(tmp_path, {"index.html": html, "ladder/index.html": f'<main><a href="{gone}">a</a><a href="{gone}">a</a></main><a href="http://x.test/">x</a>'})
    found = outside.links(tmp_path)
    assert found == [Link(gone, ("", "ladder/")), Link(here, ("",))]
    assert outside.in_a_list(outside.lost(found, pause=0)) == f"- <{gone}>: the host answers 404. On `/`, `/ladder/`\n"
