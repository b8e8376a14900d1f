"""The matrix explorer as a person has it: what is shown, and what can be done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


class Explorer:
    """The page in a browser.

    Parameters
    ----------
    page : pathlib.Path
        The file.
    driver : str
        The program that drives the browser.
    """

    def __init__(self, page: Path, *, driver: str) -> None:
        options = webdriver.ChromeOptions()
        for option in (*_OPTIONS, "--window-size=1280,900"):
            options.add_argument(option)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self._browser: Any = webdriver.Chrome(options=options, service=Service(driver))
        # Whoever opens the file has it from a disk, perhaps with no network at all.
        self._browser.execute_cdp_cmd("Network.enable", {})
        self._browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["http*"]})
        self._page = page.as_uri()

    def open(self, fragment: str = "") -> None:
        """Open the page anew, with what a link says after the hash."""
        self._browser.get("about:blank")
        self._browser.get(f"{self._page}{fragment}")

    def close(self) -> None:
        """End the browser."""
        self._browser.quit()

    # ---- what is shown -------------------------------------------------------------------------

    @property
    def complaints(self) -> list[str]:
        """What the console of the browser says."""
        return [entry["message"] for entry in self._browser.get_log("browser")]

    @property
    def services(self) -> list[str]:
        """The services that have a table."""
        tables = self._browser.find_elements(By.CSS_SELECTOR, "main table")
        return [str(table.get_attribute("data-service")) for table in tables]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every row, the first line of each."""
        script = (
            "return [...document.querySelectorAll('main tbody tr')].map(row =>"
            " [...row.children].map(cell => cell.innerText.split('\\n')[0]))"
        )
        return [list(row) for row in self._browser.execute_script(script)]

    @property
    def cells(self) -> int:
        """Number of cells that can be clicked."""
        return len(self._browser.find_elements(By.CSS_SELECTOR, "main [data-cell]"))

    @property
    def fragment(self) -> str:
        """What the address says after the hash."""
        return str(self._browser.execute_script("return location.hash"))

    def text(self, selector: str) -> str:
        """Return the text of an element."""
        return str(self._browser.find_element(By.CSS_SELECTOR, selector).text)

    @property
    def focused(self) -> str:
        """The name of the element that has the focus, as a screen reader says it."""
        script = "const e = document.activeElement; return e.ariaLabel || e.innerText"
        return str(self._browser.execute_script(script))

    @property
    def unnamed(self) -> list[str]:
        """What can be operated and has no name for a screen reader."""
        found = self._browser.find_elements(By.CSS_SELECTOR, "button, input, select, a")
        operable = [each for each in found if each.is_displayed()]
        return [each.get_attribute("outerHTML") for each in operable if not each.accessible_name]

    @property
    def is_too_wide(self) -> bool:
        """Whether the page has to be scrolled sideways."""
        script = "return document.documentElement.scrollWidth > window.innerWidth"
        return bool(self._browser.execute_script(script))

    def becomes(self, selector: str, text: str) -> bool:
        """Wait for an element to say something; what a page copies takes its time."""
        wait = WebDriverWait(self._browser, 30)
        return bool(wait.until(lambda _: self.text(selector) == text))

    def is_in_sight(self, selector: str, within: str) -> bool:
        """Return whether no part of an element is left or right of what shows it."""
        script = (
            "const [e, box] = [...arguments].map(s => document.querySelector(s)"
            ".getBoundingClientRect());"
            "return e.left >= box.left && e.right <= box.right + 1"
        )
        return bool(self._browser.execute_script(script, selector, within))

    def is_shown(self, selector: str) -> bool:
        """Return whether an element is seen."""
        return bool(self._browser.find_element(By.CSS_SELECTOR, selector).is_displayed())

    def count(self, selector: str) -> int:
        """Return how many elements there are."""
        return len(self._browser.find_elements(By.CSS_SELECTOR, selector))

    def spoken(self, selector: str) -> list[str]:
        """Return the texts of elements, those that are only spoken included."""
        script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)"
        return [str(text) for text in self._browser.execute_script(script, selector)]

    def width(self, selector: str) -> float:
        """Return how wide an element is, in rem."""
        script = (
            "return document.querySelector(arguments[0]).getBoundingClientRect().width /"
            " parseFloat(getComputedStyle(document.documentElement).fontSize)"
        )
        return float(self._browser.execute_script(script, selector))

    def attribute(self, selector: str, name: str) -> str:
        """Return an attribute of an element."""
        found = self._browser.find_element(By.CSS_SELECTOR, selector)
        return str(found.get_dom_attribute(name))

    # ---- what can be done ----------------------------------------------------------------------

    def choose(self, field: str, value: str) -> None:
        """Choose a value of a list."""
        Select(self._browser.find_element(By.ID, field)).select_by_visible_text(value)

    def type(self, field: str, text: str) -> None:
        """Type into a field."""
        self._browser.find_element(By.ID, field).send_keys(text)

    def click(self, selector: str) -> None:
        """Click an element."""
        self._browser.find_element(By.CSS_SELECTOR, selector).click()

    def focus(self, selector: str) -> None:
        """Put the focus on an element."""
        self._browser.execute_script("document.querySelector(arguments[0]).focus()", selector)

    def paste(self, field: str) -> str:
        """Paste what was copied into a field and return what it holds then."""
        found = self._browser.find_element(By.ID, field)
        found.send_keys(Keys.CONTROL, "v")
        return str(found.get_property("value"))

    def press(self, key: str) -> None:
        """Press a key where the focus is."""
        self._browser.switch_to.active_element.send_keys(getattr(Keys, key))

    def as_on(self, *, width: int, height: int, scheme: str = "light") -> None:
        """Show the page as on another screen."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self._browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)

    def picture(self, path: Path) -> None:
        """Write a picture of what is seen."""
        assert self._browser.save_screenshot(str(path))
