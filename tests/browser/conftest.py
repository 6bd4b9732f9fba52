"""A real browser that may open files of this machine and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, sync_playwright

from comity.brief.dossier import write_dossier
from tests.brief.sample_dossier import sample_context

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
]
LOCAL = ("file:", "data:", "http://127.0.0.1", "http://localhost")


@pytest.fixture(scope="session")
def dossier_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """index.html of a dossier made of test data."""
    return write_dossier(sample_context(), tmp_path_factory.mktemp("brief") / "dossier")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the operating system; without it a skip, and with CI=true a failure."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        reason = "no `chromium` on this machine: the pages were NOT looked at in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield opened
        opened.close()


class Watched:
    """A page, and everything that went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.route("**/*", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _error(self, error: Error) -> None:
        self.problems.append(f"error: {error}")

    def _request(self, route: Route) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            self.problems.append(f"request: {route.request.url}")
            route.abort()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page that fails the test if it asked the network or complained."""
    context = browser.new_context()
    one = Watched(context.new_page())
    yield one
    context.close()
    assert one.problems == []
