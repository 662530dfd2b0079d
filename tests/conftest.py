"""What the tests share: the project's folder, one build of the site, servers for it, and a browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from axe_core import Axe, explanations  # noqa: E402 - only now can it be found
from coproduction import environment, findings  # noqa: E402
from plain_host import SUBFOLDER, hosted  # noqa: E402

pytest_plugins = ["record", "pytester"]  # the fixture `ran`, and how its own tests run pytest
# Whatever address its owner gives the site, the tests build it for the top of a host: the 404 page links from there.
ADDRESS = "https://co-production.example/"
USUAL_SEED = "1"
PATIENCE = 15_000  # milliseconds that a page may take before a browser test fails


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known, and set the seed of what the tests leave to chance."""
    config.addinivalue_line("markers", "browser: needs a real browser; left out by --quick")
    config.addinivalue_line("markers", "long: takes its time, alone or with all its cases; left out by --quick")
    # Before the processes start that share the tests. It is always the same, so that no change is refused because of a case
    # that it did not bring. A weekly workflow sets others.
    os.environ.setdefault("COPRODUCTION_SEED", USUAL_SEED)


def pytest_report_header() -> str:
    """Name the seed of what the tests leave to chance."""
    return f"The seed of what is left to chance: COPRODUCTION_SEED={os.environ['COPRODUCTION_SEED']}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that asks for a browser, so that --quick can leave it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh build of the whole site, made once; tests must not change it."""
    from coproduction import pipeline

    into = tmp_path_factory.mktemp("build") / "site"
    found = pipeline.build(ROOT, into, site_url=ADDRESS)
    if found:
        pytest.fail("The site could not be built.\n" + findings.report(found), pytrace=False)
    return into


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    """The address, ending in a slash, at which a plain server answers with the built site.

    The same server has the site once more below :data:`SUBFOLDER`, as a project site on a shared
    host would.
    """
    with hosted(built_site) as host:
        yield host.address


@pytest.fixture(scope="session")
def sub_address(site_address: str) -> str:
    """The address of the same site in a sub-folder."""
    return site_address.rstrip("/") + SUBFOLDER


@pytest.fixture(scope="session")
def node_tools() -> environment.NodeTools:
    """Node, and the folder of the tools that ``tests/package-lock.json`` pins."""
    return environment.node_tools()


@pytest.fixture(scope="session")
def axe(node_tools: environment.NodeTools) -> Axe:
    """A function that runs every accessibility rule on the page that a browser has open."""
    return Axe(node_tools, explanations())


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One browser for all tests, with a fresh profile. Open pages in contexts of your own, or ask for ``page``."""
    from playwright.sync_api import sync_playwright

    found = environment.find_browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found.path, args=list(found.flags), timeout=60_000)
        yield started
        started.close()


@pytest.fixture
def context(browser) -> Iterator[object]:
    """A clean visit: no storage, no cookies, British English, and an end to all waiting."""
    made = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context) -> object:
    """An empty page in a clean visit."""
    return context.new_page()
