import threading

from poc_eval.workspace.heads import DIGITS, Heads


def test_a_line_is_kept_for_every_entry(store, tmp_path):
    heads = Heads(tmp_path / "poc-eval.heads").read()
    assert heads == [(entry.seq, entry.digest[:DIGITS]) for entry in store.log()]


def test_a_half_written_line_is_passed_over_with_the_one_it_spoiled(store, tmp_path):
    heads = Heads(tmp_path / "heads")
    entries = store.log()
    heads.add(entries[:1])
    with heads.path.open("ab") as stream:
        stream.write(b"2 0123456789")
    heads.add(entries[1:])
    assert [seq for seq, _ in heads.read()] == [1, 3]


def test_a_file_that_is_not_there_reads_as_none(tmp_path):
    assert Heads(tmp_path / "none").read() is None


def test_a_place_that_cannot_be_written_is_told_to_the_programs_log(store, tmp_path, caplog):
    (tmp_path / "folder").mkdir()
    Heads(tmp_path / "folder").add(store.log())
    assert "could not be written" in caplog.text


def test_a_link_is_not_followed(store, tmp_path, caplog):
    (tmp_path / "heads").symlink_to(tmp_path / "elsewhere")
    Heads(tmp_path / "heads").add(store.log())
    assert not (tmp_path / "elsewhere").exists()
    assert "could not be written" in caplog.text


def test_several_writers_spoil_no_line(store, tmp_path):
    entries = store.log()
    heads = Heads(tmp_path / "heads")
    threads = [threading.Thread(target=lambda: [heads.add(entries) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heads.read()) == 4 * 50 * len(entries)
