"""Logging in with a real browser: what it sends of itself is not what a test client sends."""

from __future__ import annotations

from pathlib import Path

from argon2 import PasswordHasher
from playwright.sync_api import Browser, expect

from tests.integration.rooms import running_room


def test_a_form_that_a_browser_sends_is_not_taken_for_a_foreign_one(
    browser: Browser, tmp_path: Path
) -> None:
    """Under a policy of `no-referrer` a form's Origin is "null", and nobody could log in."""
    accounts = tmp_path / "accounts"
    accounts.write_text(f"ada:{PasswordHasher().hash('correct horse')}\n")
    accounts.chmod(0o600)
    with running_room(tmp_path, auth_file=str(accounts), read_only=True) as running:
        page = browser.new_context(locale="en-GB").new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{running.url}/?q=Who%3F")
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill("wrong horse")
        page.keyboard.press("Enter")
        expect(page.get_by_text("don’t fit together")).to_be_visible()
        page.get_by_label("Password").fill("correct horse")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Your question")).to_have_value("Who?")
        page.get_by_role("link", name="Library").click()
        expect(page.locator("#library")).to_contain_text("for reading only")
        expect(page.get_by_role("button", name="Remove")).to_have_count(0)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("Password")).to_be_visible()
        page.goto(running.url)
        expect(page.get_by_label("Password")).to_be_visible()
        page.context.close()
