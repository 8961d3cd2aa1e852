"""A plugin of pytest that shuffles the cases: ``pytest conformance -p tests.shuffle --shuffle SEED``."""

from __future__ import annotations

import random

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shuffle", type=int, metavar="SEED", help="run the tests in the order that this seed gives")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.shuffle is not None:
        random.Random(config.option.shuffle).shuffle(items)
