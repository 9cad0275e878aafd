"""`pullquote sync`: an index that is equal to a folder, once or for as long as it is watched."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import ModelMismatch
from qa import rebuild_index
from qa.index import open_for_writing
from qa.interfaces import filing
from tests.fakes import HashingEncoder
from tests.integration.conftest import Cli


def listed(cli: Cli, folder: Path) -> str:
    return cli("articles", "--index", folder).stdout


def test_a_folder_is_followed_in_all_it_does(cli: Cli, news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    first = cli("sync", news, "--index", folder)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == f"{folder}: 3 added, 0 unchanged, 0 replaced, 0 failed\n"

    (news / "ferry.txt").write_text("The ferry Aurora was raised from the sea bed on Monday.")
    (news / "extra.txt").write_text("A new bakery opened in Wexcombe. It sells rye bread.")
    (news / "local" / "mayor.md").unlink()
    again = cli("sync", news, "--index", folder)
    assert again.stdout == f"{folder}: 1 added, 1 unchanged, 1 replaced, 1 removed, 0 failed\n"
    assert "bakery" in listed(cli, folder)
    assert "Hallam elected" not in listed(cli, folder)


def test_what_came_from_elsewhere_goes(cli: Cli, news: Path, tmp_path: Path) -> None:
    folder, other = tmp_path / "index", tmp_path / "other.txt"
    other.write_text("A new bakery opened in Wexcombe. It sells rye bread.")
    cli("index", other, "--index", folder)
    assert "1 removed" in cli("sync", news, "--index", folder).stdout


@pytest.mark.parametrize("damage", [b"", b"\x00\x01\x02 binary \xff\x00"], ids=["empty", "binary"])
def test_an_article_whose_file_cannot_be_read_stays(
    cli: Cli, news: Path, tmp_path: Path, damage: bytes
) -> None:
    folder = tmp_path / "index"
    cli("sync", news, "--index", folder)
    (news / "ferry.txt").write_bytes(damage)
    (news / "local" / "mayor.md").unlink()
    result = cli("sync", news, "--index", folder)
    assert result.exit_code == 1
    assert "1 removed, 1 failed" in result.stdout
    assert "ferry.txt" in result.stderr
    assert "Ferry sinks" in listed(cli, folder)


def test_an_article_with_its_own_id_and_source_stays_while_a_file_cannot_be_read(
    cli: Cli, news: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    wire = news / "wire.md"
    head = "id: my-wire\nsource: https://wire.example/1\ntitle: From the wire\n"
    wire.write_text(f"---\n{head}---\nA new bakery opened in Wexcombe. It sells rye bread.\n")
    cli("sync", news, "--index", folder)
    wire.write_bytes(b"")
    broken = cli("sync", news, "--index", folder)
    assert "1 failed" in broken.stdout
    assert "From the wire" in listed(cli, folder)
    wire.unlink()
    assert "1 removed" in cli("sync", news, "--index", folder).stdout


def test_a_folder_that_is_empty_or_gone_empties_no_index(
    cli: Cli, news: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    cli("sync", news, "--index", folder)
    shutil.rmtree(news)
    gone = cli("sync", news, "--index", folder)
    news.mkdir()
    empty = cli("sync", news, "--index", folder)
    assert (gone.exit_code, empty.exit_code) == (1, 1)
    assert "There is no file or folder" in gone.stderr
    assert "holds no article" in empty.stderr
    assert "Ferry sinks" in listed(cli, folder)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Do one thing at each look at the folder, then stop as Ctrl-C does."""

    def run(*steps: Callable[[], object]) -> None:
        todo: Iterator[Callable[[], object]] = iter(steps)

        def sleep(seconds: float) -> None:
            step = next(todo, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr(f"{filing.__name__}.time.sleep", sleep)

    return run


def nothing() -> None: ...


def test_watching_takes_up_what_changes_once_it_is_still(
    cli: Cli, news: Path, tmp_path: Path, script: Callable[..., None]
) -> None:
    folder, late = tmp_path / "index", news / "late.txt"
    script(
        nothing,  # the folder is still: 3 added
        nothing,
        lambda: late.write_text("A new bakery opened in Wexcombe."),  # seen, not yet still
        lambda: late.write_text("A new bakery opened in Wexcombe. It sells rye bread."),
        nothing,
        nothing,  # 1 added
        late.unlink,
        nothing,
        nothing,  # 1 removed
        nothing,
    )
    result = cli("sync", news, "--watch", "--index", folder)
    assert result.exit_code == 130
    assert [line.partition(": ")[2] for line in result.stdout.splitlines()] == [
        "3 added, 0 unchanged, 0 replaced, 0 failed",
        "1 added, 3 unchanged, 0 replaced, 0 failed",
        "0 added, 3 unchanged, 0 replaced, 1 removed, 0 failed",
    ]


def test_watching_waits_while_another_process_writes(
    cli: Cli, news: Path, tmp_path: Path, script: Callable[..., None]
) -> None:
    folder = tmp_path / "index"
    with open_for_writing(folder) as index:
        script(nothing, nothing, index.close, nothing, nothing)
        result = cli("sync", news, "--watch", "--index", folder)
    assert "is being written by process" in result.stderr
    assert result.stdout == f"{folder}: 3 added, 0 unchanged, 0 replaced, 0 failed\n"


def test_watching_goes_on_with_the_model_that_an_index_was_rebuilt_with(
    news: Path, tmp_path: Path, script: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "index"
    first, second = HashingEncoder("first"), HashingEncoder("second")
    loads = iter([first, second, second])
    script(
        nothing,
        lambda: rebuild_index(folder, encoder=second),
        lambda: (news / "late.txt").write_text("A new bakery opened in Wexcombe."),
        nothing,
        nothing,
        nothing,
        lambda: rebuild_index(folder, encoder=first),
        (news / "late.txt").unlink,
        nothing,
    )
    with pytest.raises(ModelMismatch):  # the model that it is given is not the index's
        filing.watch_folder(news, folder, load=lambda: next(loads))
    assert [line.partition(": ")[2] for line in capsys.readouterr().out.splitlines()] == [
        "3 added, 0 unchanged, 0 replaced, 0 failed",
        "1 added, 3 unchanged, 0 replaced, 0 failed",
    ]


def test_an_index_is_saved_and_restored(cli: Cli, news: Path, tmp_path: Path) -> None:
    folder, file, copy = tmp_path / "index", tmp_path / "index.backup", tmp_path / "copy"
    cli("index", news, "--index", folder)
    saved = cli("backup", file, "--index", folder)
    assert saved.stdout.startswith(f"{file}: generation 1 of {folder}, ")
    assert cli("restore", file, "--index", copy).stdout == f"{copy}: generation 1 of {file}\n"
    assert listed(cli, copy) == listed(cli, folder)
    again = cli("backup", file, "--index", folder)
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)


def test_the_doctor_tells_what_is_there(cli: Cli, news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    cli("index", news, "--index", folder)
    result = cli("doctor", "--index", folder)
    assert result.exit_code == 0
    for part in ("faiss-cpu", "SQLite", "pullquote-encoder-1 in ", "pullquote-span-", "up to date"):
        assert part in result.stdout
    assert "generation 1, 3 articles, 3 passages" in result.stdout


def test_the_doctor_reports_on_a_store_that_cannot_be_read(
    cli: Cli, news: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    cli("index", news, "--index", folder)
    store = folder / "store.db"
    data = bytearray(store.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    store.write_bytes(data)
    result = cli("doctor", "--index", folder)
    assert result.exit_code == 1
    assert "!! store" in result.stdout
    assert "faiss-cpu" in result.stdout


def test_the_doctor_points_at_what_is_wrong(cli: Cli, news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    nothing_there = cli("doctor", "--index", folder)
    assert nothing_there.exit_code == 1
    assert "!! store" in nothing_there.stdout
    assert not folder.exists()
    cli("index", news, "--index", folder)
    shutil.rmtree(folder / "snapshots")
    damaged = cli("doctor", "--index", folder)
    assert (damaged.exit_code, "!! search files" in damaged.stdout) == (1, True)


def test_an_index_is_not_made_equal_to_one_file(cli: Cli, news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    cli("sync", news, "--index", folder)
    result = cli("sync", news / "ferry.txt", "--index", folder)
    assert (result.exit_code, "is a file" in result.stderr) == (2, True)
    assert len(listed(cli, folder).splitlines()) == 3


def test_an_index_is_rebuilt_and_read_as_before(cli: Cli, news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    cli("sync", news, "--index", folder)
    rebuilt = cli("rebuild", "--index", folder)
    assert (rebuilt.exit_code, rebuilt.stderr) == (0, "")
    assert rebuilt.stdout == f"{folder}: searched with pullquote-encoder-1 from now on\n"
    assert "Ferry sinks" in listed(cli, folder)
    assert cli("verify", "--index", folder).exit_code == 0


def test_a_rebuild_with_a_model_that_is_not_here_says_so(
    cli: Cli, news: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    cli("sync", news, "--index", folder)
    result = cli("rebuild", "--model", "nobody/has-this", "--index", folder)
    assert result.exit_code == 1
    assert "nobody/has-this" in result.stderr
    assert cli("verify", "--index", folder).exit_code == 0
