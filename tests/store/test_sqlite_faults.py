"""A SQLite file in trouble: what is told, and that nothing is lost or made worse."""

import fcntl
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.store.cases import load, record, save
from tests.store.trouble import elsewhere, fill, full_disk, opened, plain_user, public_folder, refusal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with the records 0 to 99."""
    with opened(tmp_path / "playground.db") as store:
        for future in [store.save(record(number)) for number in range(100)]:
            future.result(PATIENCE)
    return tmp_path / "playground.db"


@pytest.fixture
def id(path: Path) -> str:
    """Of record 0."""
    with opened(path) as store:
        return save(store, record(0))


def test_a_transaction_of_another_program_is_waited_for_and_then_told(path: Path, id: str) -> None:
    with opened(path) as store:
        with elsewhere(path, "BEGIN IMMEDIATE"):
            assert refusal(store) == "locked"
            assert load(store, id) == record(0)
        assert save(store, record(100))


def test_a_program_that_locks_everything_is_told(path: Path, id: str) -> None:
    with elsewhere(path, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE"), opened(path) as store:
        assert refusal(store) == "locked"
        assert refusal(store, id) == "locked"
    with opened(path) as store:
        assert load(store, id) == record(0)


def test_another_server_that_hangs_while_it_writes_is_told(path: Path, id: str) -> None:
    with opened(path) as store, Path(f"{path}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert refusal(store) == "locked"
        assert load(store, id) == record(0)
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert save(store, record(100))


def test_a_file_that_may_only_be_read_is_told_and_read_and_written_once_it_may_be(path: Path, id: str) -> None:
    whole = path.read_bytes()
    with public_folder() as folder, plain_user():
        (folder / "copy.db").write_bytes(whole)
        (folder / "copy.db").chmod(0o444)
        with opened(folder / "copy.db") as store:
            assert refusal(store) == "read-only"
            assert load(store, id) == record(0)
            for file in folder.iterdir():  # the log and the index beside the database took its rights
                file.chmod(0o666)
            assert load(store, save(store, record(100))) == record(100)


def test_a_folder_that_may_only_be_read_is_told(path: Path, id: str) -> None:
    with public_folder() as folder:
        shutil.copy(path, folder / "copy.db")
        folder.chmod(0o555)
        with plain_user(), opened(folder / "copy.db") as store:
            assert refusal(store) == "read-only"
            assert refusal(store, id) == "read-only"
        with plain_user(), opened(folder / "new" / "playground.db") as store:
            assert refusal(store) == "read-only"


@pytest.mark.parametrize(
    "garbage", [b"This is not a database. " * 500, b"\xff" * 100, b"SQLite format 3\0" + b"\7" * 84]
)
def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "playground.db"
    path.write_bytes(garbage)
    with opened(path) as store:
        assert refusal(store) == "corrupt"
        assert refusal(store, "abcdefgh") == "corrupt"
    assert path.read_bytes() == garbage


def test_a_database_with_pages_of_garbage_is_told_and_left_alone(path: Path, id: str) -> None:
    whole = path.read_bytes()
    # The first page holds the schema; those of the table follow.
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with opened(path) as store:
        assert refusal(store) == "corrupt"
        assert refusal(store, id) == "corrupt"
    assert path.read_bytes()[4096:] == b"\xa5" * (len(whole) - 4096)
    path.write_bytes(whole)
    with opened(path) as store:
        assert load(store, id) == record(0)


@pytest.mark.parametrize("gone", ["file", "folder"])
def test_a_database_that_goes_away_is_told_not_made_again_and_found_when_it_is_back(tmp_path: Path, gone: str) -> None:
    path = tmp_path / "folder" / "playground.db"
    moved = [path] if gone == "file" else [path.parent]
    with opened(path) as store:
        id = save(store, record(0))
        assert load(store, id) == record(0)
        moved += [Path(f"{path}{end}") for end in ("-wal", "-shm") if gone == "file"]
        for place in moved:
            place.rename(f"{place}.away")
        for _ in range(2):
            assert refusal(store) == "unavailable"
            assert refusal(store, id) == "unavailable"
        assert not path.exists()
        for place in moved:
            Path(f"{place}.away").rename(place)
        assert load(store, save(store, record(1))) == record(1)
        assert load(store, id) == record(0)
    with opened(path) as store:
        assert load(store, id) == record(0)


def test_what_is_saved_after_another_database_took_the_place_is_in_that_one(path: Path, id: str) -> None:
    with opened(path.with_name("other.db")) as other:
        own = save(other, record(200))
    with opened(path) as store:
        assert load(store, id) == record(0)
        save(store, record(100))
        for end in ("-wal", "-shm"):
            Path(f"{path}{end}").unlink()
        path.with_name("other.db").rename(path)
        late = save(store, record(300))
        assert [load(store, wanted) for wanted in (own, late, id)] == [record(200), record(300), None]
    with opened(path) as store:
        assert [load(store, wanted) for wanted in (own, late)] == [record(200), record(300)]


def test_nothing_is_acknowledged_once_garbage_was_written_into_an_open_database(path: Path) -> None:
    with opened(path) as store:
        for future in [store.save(record(number)) for number in range(100, 300)]:
            future.result(PATIENCE)
    whole = path.read_bytes()
    with opened(path) as store:
        for number in range(300, 330):  # now the writer has all that it needs in its memory and in the log
            save(store, record(number))
        path.write_bytes(b"This is not a database. " * 4000)
        assert {refusal(store) for _ in range(10)} == {"corrupt"}
        path.write_bytes(whole)
        ids = {number: save(store, record(number)) for number in range(310, 340)}
    with opened(path) as store:
        assert all(load(store, id) == record(number) for number, id in ids.items())


def test_a_half_written_end_of_the_log_is_no_loss_of_what_came_before(path: Path, id: str) -> None:
    with elsewhere(path, "SELECT 1"), opened(path) as store:
        last = save(store, record(100))
        log = Path(f"{path}-wal").read_bytes()
        shutil.copy(path, f"{path}.copy")
    Path(f"{path}.copy-wal").write_bytes(log + log[-3000:])
    with opened(Path(f"{path}.copy")) as store:
        assert load(store, last) == record(100)
        assert load(store, id) == record(0)


def test_a_disk_without_room_is_told_and_holds_what_was_acknowledged(tmp_path: Path) -> None:
    with full_disk(tmp_path) as (folder, most):
        acknowledged = fill(folder / "playground.db", most)
        shutil.copytree(folder, saved := Path(tempfile.mkdtemp()), dirs_exist_ok=True)
    with opened(saved / "playground.db") as store:
        assert [load(store, id) for id in acknowledged.values()] == [record(number) for number in acknowledged]
        assert save(store, record(-1))
    shutil.rmtree(saved)


def test_a_limit_on_files_is_told_and_holds_what_was_acknowledged(tmp_path: Path) -> None:
    acknowledged = fill(tmp_path / "playground.db", 400_000)
    with opened(tmp_path / "playground.db") as store:
        assert [load(store, id) for id in acknowledged.values()] == [record(number) for number in acknowledged]
        assert save(store, record(-1))


def test_once_there_is_room_again_saving_goes_on(path: Path, id: str) -> None:
    with opened(path) as store:
        save(store, record(199))  # from here on the writer keeps its connection, whose limit this is
        with store._place.writer.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        answers = [store.save(record(number)).exception(PATIENCE) for number in range(200, 300)]
        assert {str(answer)[:5] for answer in answers} == {"None", "full:"}
        assert load(store, id) == record(0)
        with store._place.writer.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        assert load(store, save(store, record(300))) == record(300)


def test_only_one_connection_writes_and_it_is_as_durable_as_can_be(path: Path) -> None:
    with opened(path) as store:
        save(store, record(100))
        with store._place.writer.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        with store._place.reader.connect() as connection, pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("DELETE FROM experiments")


def test_a_file_of_another_program_keeps_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE songs (name TEXT)")
    other.execute("INSERT INTO songs VALUES ('Yesterday')")
    other.commit()
    other.close()
    with opened(path) as store:
        assert save(store, record(1))
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM songs").fetchall() == [("Yesterday",)]
    other.close()
