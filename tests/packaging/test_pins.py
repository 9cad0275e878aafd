"""The pins and the ranges agree: what `make run` installs is what `pip install .` accepts."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]


def read_pins(name: str) -> dict[str, Requirement]:
    """Return the requirements of a file, by normalised name."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    wanted = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {canonicalize_name(requirement.name): requirement for requirement in wanted}


def read_ranges(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ranges = list(project["dependencies"])
    for extra in extras:
        ranges += project["optional-dependencies"][extra]
    return [Requirement(text) for text in ranges]


def pinned_version(requirement: Requirement) -> Version:
    (specifier,) = requirement.specifier
    assert specifier.operator == "=="
    assert "*" not in specifier.version
    return Version(specifier.version)


def assert_pins_satisfy(pins: dict[str, Requirement], ranges: list[Requirement]) -> None:
    for wanted in ranges:
        pin = pins.get(canonicalize_name(wanted.name))
        assert pin is not None, f"{wanted.name} is not pinned"
        assert pinned_version(pin) in wanted.specifier, f"{pin} is outside of {wanted}"


def test_every_package_of_the_app_is_pinned() -> None:
    pins = read_pins("requirements.txt")
    assert len(pins) > 50
    assert_pins_satisfy(pins, read_ranges("web"))
    assert all(pinned_version(pin) for pin in pins.values())


def test_every_package_for_development_is_pinned() -> None:
    pins = read_pins("requirements.txt") | read_pins("requirements-dev.txt")
    pins |= read_pins("requirements-docs.txt")
    assert_pins_satisfy(pins, read_ranges("web", "dev", "docs"))


def test_torch_is_the_one_release_with_a_small_build() -> None:
    assert str(read_pins("requirements.txt")["torch"]) == "torch==2.13.0"
    (torch,) = [wanted for wanted in read_ranges() if wanted.name == "torch"]
    assert str(torch) == "torch==2.13.0"


def test_no_pin_brings_a_gpu_library_or_a_local_version() -> None:
    pins = read_pins("requirements.txt")
    assert [name for name in pins if name.startswith(("nvidia-", "triton", "cuda"))] == []
    assert [str(pin) for pin in pins.values() if pinned_version(pin).local] == []


def test_what_is_installed_here_is_what_is_pinned() -> None:
    pins = read_pins("requirements.txt")
    installed = {name: Version(version(name)).public for name in pins}
    assert installed == {name: str(pinned_version(pin)) for name, pin in pins.items()}
