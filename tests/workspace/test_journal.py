from poc_eval.workspace.journal import START, content_hash, person_actor, system_actor


def test_the_entries_form_a_chain(store, review):
    assert review.revision == 0
    entries = store.log()
    assert entries[0].previous == START
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]


def test_an_entry_tells_when_in_utc(store):
    assert {entry.at.utcoffset().total_seconds() for entry in store.log()} == {0}


def test_hashes_depend_on_the_workspaces_secret():
    assert system_actor(b"a" * 32).hash != system_actor(b"b" * 32).hash
    one, other = (person_actor(secret * 32, "张三", "aa" * 32) for secret in (b"a", b"b"))
    assert one.hash != other.hash
    assert content_hash(one, {"score": "4.5"}) != content_hash(other, {"score": "4.5"})


def test_the_same_content_has_the_same_hash_whatever_its_order():
    actor = system_actor(b"a" * 32)
    assert content_hash(actor, {"a": 1, "b": 2}) == content_hash(actor, {"b": 2, "a": 1})
