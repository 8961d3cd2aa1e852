"""The values that a person gives to the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.inputs import BadInput, address, folder, paths


@pytest.mark.parametrize(
    "text",
    ["https://example.org", "http://localhost:8000/a/", "https://you.github.io/report/", "https://a.b/x-y_z~1"],
)
def test_an_address_of_a_site(text: str) -> None:
    """An address with a host, and perhaps a port and a path, is taken as it is."""
    assert address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://:80/",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[::1",
        "javascript:alert(1)",
        "https://example.org/ x",
        "https://example.org/\n",
        "https://example.org/\x1b[31m",
        "https://example.org/\x00",
        "https://example.org/\udcff",
        'https://example.org/"><script>',
        "https://example.org/a)b",
        "https://example.org/?a=b",
        "https://example.org/#a",
        "https://" + "a" * 5000,
    ],
)
def test_a_text_that_is_not_an_address(text: str) -> None:
    """Anything else is refused with one line that is not longer than needed."""
    with pytest.raises(BadInput, match="is not the address of a site") as found:
        address(text)

    assert len(str(found.value)) < 400


@pytest.mark.parametrize("text", ["", " ", "\t"])
def test_an_empty_name_is_refused(text: str) -> None:
    """An empty name would be the current folder, which nobody means."""
    with pytest.raises(BadInput, match="empty"):
        paths(["a.json", text])
    with pytest.raises(BadInput, match="--out is empty"):
        folder(text, [])


def test_the_folder_of_a_site(tmp_path: Path) -> None:
    """A folder that is there, a new one, a link to one, and one above the results can hold a site."""
    results = tmp_path / "results"
    results.mkdir()
    (tmp_path / "link").symlink_to(results, target_is_directory=True)
    (tmp_path / "there").mkdir()

    for path in (tmp_path, tmp_path / "there", tmp_path / "new" / "one", results / "site"):
        assert folder(str(path), [results, results / "a.json"]) == path


@pytest.mark.parametrize("out", ["results", "results/", "./results", "link", "results/../results"])
@pytest.mark.parametrize("given", ["results", "results/a.json", "results/missing.json", "link", "link/a.json"])
def test_the_folder_of_the_results_is_refused(tmp_path: Path, out: str, given: str) -> None:
    """A site among result files would be read as results by the next build."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a.json").write_text("{}")
    (tmp_path / "link").symlink_to(tmp_path / "results", target_is_directory=True)

    with pytest.raises(BadInput, match="choose another one"):
        folder(f"{tmp_path}/{out}", [tmp_path / given])


@pytest.mark.parametrize("kind", ["file", "dangling", "loop"])
def test_a_file_is_not_a_folder(tmp_path: Path, kind: str) -> None:
    """A file, a link to nothing and a link to itself cannot hold a site."""
    path = tmp_path / "out"
    if kind == "file":
        path.write_text("mine")
    else:
        path.symlink_to(path if kind == "loop" else tmp_path / "nothing")

    with pytest.raises(BadInput, match="is not a folder"):
        folder(str(path), [])


def test_a_nul_character_is_refused() -> None:
    """No folder has such a name."""
    with pytest.raises(BadInput, match="NUL"):
        folder("a\0b", [])
