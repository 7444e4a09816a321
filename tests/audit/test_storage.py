"""Results are kept in a folder or wherever fsspec reaches, with the same outcome."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from audit.lane import ChildUnavailableError
from audit.record import ReportRecord, Status
from audit.result_store import ResultStore
from audit.storage import LocalStorage, RemoteStorage, Storage, StorageError, storage_at
from audit.summary import summary_of
from audit.verdict import Verdict, verdict_of

PLACES = ["{folder}", "file://{folder}", "local://{folder}", "memory://{name}"]


@pytest.fixture(params=PLACES, ids=lambda place: place.partition("{")[0] or "path")
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    name = uuid4().hex
    yield request.param.format(folder=tmp_path / "存放处", name=name)
    if "memory" in request.param and (system := MemoryFileSystem()).exists(f"/{name}"):
        system.rm(f"/{name}", recursive=True)


@pytest.fixture
def storage(address: str, tmp_path: Path) -> Storage:
    return storage_at(address, tmp_path / "取回")


def verdict(path: str) -> Verdict:
    return verdict_of(ReportRecord(path, "0" * 64, Status.EMPTY, "没有文字", "请重新报送"), None, 0.01)


def test_only_what_is_elsewhere_goes_through_fsspec() -> None:
    kinds = [type(storage_at(place.format(folder="/a", name="b"))) for place in PLACES]
    assert kinds == [LocalStorage, LocalStorage, RemoteStorage, RemoteStorage]


def test_a_file_is_read_back_from_any_position_and_removed(storage: Storage) -> None:
    assert storage.names() == []
    assert storage.names("甲") == []
    storage.save("甲/一", [b"abc", b"def"])
    storage.save("甲/二", [])
    assert storage.names() == ["甲"]
    assert storage.names("甲") == ["一", "二"]
    with storage.open("甲/一") as stream:
        stream.seek(2)
        assert stream.read(3) == b"cde"
    assert storage.local("甲/一").read_bytes() == b"abcdef"
    storage.remove("甲/一")
    storage.remove("甲/一")
    assert storage.names("甲") == ["二"]
    with pytest.raises(FileNotFoundError), storage.open("甲/一"):
        pass
    storage.remove("甲")
    assert storage.names("甲") == []


def test_chunks_come_back_and_others_go(storage: Storage) -> None:
    store = ResultStore(storage, "edition")
    verdicts = [(f"{number}.txt", verdict(f"{number}.txt")) for number in range(3)]
    first, second = store.write(verdicts[:2]), store.write(verdicts[2:])
    store.write_plan("run", [b"ab", b"cd"])
    assert store.read_plan("run", 1, 2) == b"bc"
    records = [record for index in store.indexes() for record in index.records]
    assert [record.path for record in records] == ["0.txt", "1.txt", "2.txt"]
    assert [record.chunk for record in records] == [first, first, second]
    packed = list(store.packed_records([records[1], None, records[2]]))
    assert packed == [verdicts[1][1].record, None, verdicts[2][1].record]
    assert records[1].summary == summary_of(ReportRecord("1.txt", "0" * 64, Status.EMPTY, "没有文字", "请重新报送"))
    store.keep_only({second})
    assert storage.names("edition") == [second, f"{second}.passages"]
    with pytest.raises(OSError, match=r"chunk|No such"):
        store.index(first)


def test_half_a_chunk_is_none(storage: Storage) -> None:
    store = ResultStore(storage, "edition")
    whole = store.write([("a.txt", verdict("a.txt"))])
    with storage.open(f"edition/{whole}") as stream:
        content = stream.read()
    for number, size in enumerate((0, 5, len(content) // 2, len(content) - 1)):
        storage.save(f"edition/{number}.chunk", [content[:size]])
        with pytest.raises(OSError, match="不是完整"):
            store.index(f"{number}.chunk")
    assert [record.path for index in store.indexes() for record in index.records] == ["a.txt"]
    assert storage.names("edition") == [whole, f"{whole}.passages"]


def test_the_newest_editions_stay_and_the_present_one_always(storage: Storage) -> None:
    present = ResultStore(storage, "present")
    chunk = present.write([("a.txt", verdict("a.txt"))])
    for name in ("old", "middle", "new"):
        ResultStore(storage, name).write([("a.txt", verdict("a.txt"))])
    present.keep_only({chunk})
    assert storage.names() == ["middle", "new", "present"]


@pytest.mark.parametrize("address", ["s9://桶/结果", "://", "nichts://x"])
def test_an_address_that_leads_nowhere_is_refused(address: str) -> None:
    with pytest.raises(StorageError, match="结果存储"):
        storage_at(address)


def test_a_backend_without_its_library_is_refused() -> None:
    with pytest.raises(StorageError, match="没有安装"):
        storage_at("oci://bucket@namespace/results")


def test_whatever_a_backend_raises_is_a_fault_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("EndpointConnectionError")

    storage = storage_at("memory://x")
    monkeypatch.setattr(MemoryFileSystem, "pipe_file", fail)
    with pytest.raises(OSError, match=r"memory://x.*EndpointConnectionError"):
        storage.save("a/b", [b""])


def test_a_child_that_does_not_come_up_can_be_told_to_another_process() -> None:
    told = pickle.loads(pickle.dumps(ChildUnavailableError()))
    assert str(told) == str(ChildUnavailableError())
