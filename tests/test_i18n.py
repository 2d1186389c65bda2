import json
import string
from importlib.resources import files

import pytest

from poc_eval.i18n import HTML_LANG, LANGUAGES, Message, Text, Translatable, _, catalogue, translated

CATALOGUES = sorted(
    (entry for entry in files("poc_eval").joinpath("locale", "zh").iterdir() if entry.name.endswith(".json")),
    key=lambda entry: entry.name,
)


def names(sentence):
    return sorted(field for _text, field, _spec, _conversion in string.Formatter().parse(sentence) if field)


class TestMessage:
    def test_is_language_free_until_it_is_shown(self):
        message = _('the key "{key}" is missing', key="title")
        assert message.text("en") == 'the key "title" is missing'
        assert message.text("zh") == "缺少“title”"
        assert message.text("pseudo") == '⟦the key "title" is missing⟧'

    def test_translates_the_messages_inside_it(self):
        message = _("{found} stands here", found=_("a list"))
        assert message.text("zh") == "此处为列表"
        assert _("{found} stands here", found=Text("甲", "A")).text("zh") == "此处为甲"
        assert message.text("pseudo") == "⟦⟦a list⟧ stands here⟧"

    def test_what_was_typed_is_never_taken_for_a_sentence_of_ours(self):
        typed = "{key} {0} {__class__} add it"
        assert typed in _('the key "{key}" is missing', key=typed).text("zh")

    def test_a_sentence_without_an_entry_is_shown_in_english(self):
        assert Message("no such sentence anywhere").text("zh") == "no such sentence anywhere"


class TestText:
    def test_is_shown_as_its_author_wrote_it(self):
        text = Text("名", "Name")
        assert [text.text(lang) for lang in LANGUAGES] == ["名", "Name"]
        assert text.text("pseudo") == "⟦Name⟧"

    def test_messages_and_texts_are_both_translatable(self):
        assert isinstance(Text("", ""), Translatable)
        assert isinstance(_("add it"), Translatable)
        assert not isinstance("add it", Translatable)


def test_every_language_has_a_name_for_the_browser():
    assert [HTML_LANG[lang] for lang in (*LANGUAGES, "pseudo")] == ["zh-CN", "en", "en-XA"]


def test_english_is_the_sentence_itself():
    assert translated("add it", "en") == "add it"


class TestCatalogue:
    def test_joins_the_files_of_all_rooms(self):
        assert catalogue("zh") == {
            msgid: said
            for entry in CATALOGUES
            for msgid, said in json.loads(entry.read_text(encoding="utf-8")).items()
        }

    @pytest.mark.parametrize("entry", CATALOGUES, ids=lambda entry: entry.name)
    def test_a_room_keeps_its_sentences_in_order_each_once(self, entry):
        pairs = json.loads(entry.read_text(encoding="utf-8"), object_pairs_hook=list)
        keys = [msgid for msgid, _said in pairs]
        assert keys == sorted(set(keys))

    @pytest.mark.parametrize("entry", CATALOGUES, ids=lambda entry: entry.name)
    def test_a_translation_fills_the_same_names_and_is_not_empty(self, entry):
        for msgid, said in json.loads(entry.read_text(encoding="utf-8")).items():
            assert said.strip(), msgid
            assert names(said) == names(msgid), msgid

    def test_rooms_that_say_the_same_say_it_the_same_way(self):
        said_by: dict[str, dict[str, str]] = {}
        for entry in CATALOGUES:
            for msgid, said in json.loads(entry.read_text(encoding="utf-8")).items():
                said_by.setdefault(msgid, {})[entry.name] = said
        assert not {msgid: said for msgid, said in said_by.items() if len(set(said.values())) > 1}
