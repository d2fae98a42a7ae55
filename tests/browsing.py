"""A real browser for tests of pages, and what a reader does in it."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Driver = Any


@contextmanager
def started(profile: Path, *more: str) -> Iterator[Driver]:
    """A browser without a window; the test is skipped where there is none."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    service = shutil.which("chromedriver")
    if binary is None or service is None:
        pytest.skip("no chromium with its driver here (Debian: chromium chromium-driver)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of a library that only this test uses
        webdriver = pytest.importorskip("selenium.webdriver")
        from selenium.webdriver.chrome.service import Service
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-prefers-reduced-motion",
        "--window-size=1440,900", f"--user-data-dir={profile}", *more,
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(service))
    try:
        yield driver
    finally:
        driver.quit()


def ask(driver: Driver, script: str, *arguments: Any) -> Any:
    """What a script returns in the page."""
    return driver.execute_script(script, *arguments)


def until(driver: Driver, script: str, *arguments: Any) -> Any:
    """What a script returns as soon as that is something."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(driver, 10).until(lambda d: ask(d, script, *arguments))


def press(driver: Driver, *keys: str) -> None:
    """Type keys, one after the other, to whatever has the focus."""
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(driver).send_keys(key).perform()
