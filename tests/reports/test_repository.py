"""Where the project is, as the CI or git says."""

from __future__ import annotations

import pytest

from reports.repository import found, of_remote


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://example.org/us/suite.git\n", "https://example.org/us/suite"),
        ("https://me:secret@example.org/us/suite", "https://example.org/us/suite"),
        ("git@example.org:us/suite.git", "https://example.org/us/suite"),
        ("ssh://git@example.org:22/us/suite", "https://example.org/us/suite"),
        ("/srv/git/suite.git", ""),
        ("../suite", ""),
        ("host:suite", ""),
        ("", ""),
    ],
)
def test_a_remote_as_an_address(remote: str, address: str) -> None:
    """What a browser can open is an https address without a password; everything else is no address."""
    assert of_remote(remote) == address


def test_the_ci_knows_where_it_is() -> None:
    """GitHub and GitLab say it in their environment."""
    github = {"GITHUB_SERVER_URL": "https://github.com/", "GITHUB_REPOSITORY": "us/suite"}

    assert found(github) == "https://github.com/us/suite"
    assert found({"CI_PROJECT_URL": "https://gitlab.example.org/us/suite"}) == "https://gitlab.example.org/us/suite"
