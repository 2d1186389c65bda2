from poc_eval.report.pdf_text import CHARACTERS, mended

TABLE = b"""/CIDInit /ProcSet findresource begin
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
2 beginbfchar
<0001> <9879>
<0002> <2F6C>
endbfchar
1 beginbfrange
<0003> <0005> <2ED9>
endbfrange
endcmap"""


def test_radicals_become_characters_in_single_places_and_in_ranges():
    said = mended(TABLE).decode()
    assert said.count("beginbfchar") == 1
    assert "5 beginbfchar" in said
    assert "beginbfrange" not in said
    for line in ("<0001> <9879>", "<0002> <76EE>", "<0003> <97E6>", "<0004> <9875>", "<0005> <98CE>"):
        assert line in said
    assert said.endswith("endcmap")


def test_every_radical_has_a_character_that_is_none():
    assert all(not 0x2E80 <= code <= 0x2FDF for code in CHARACTERS.values())
    assert chr(CHARACTERS[ord("⽬")]) == "目"
    assert chr(CHARACTERS[ord("⻚")]) == "页"


def test_a_table_of_many_glyphs_is_cut_into_sections():
    lines = b"".join(b"<%04X> <%04X>\n" % (one, 0x4E00 + one) for one in range(250))
    said = mended(b"250 beginbfchar\n" + lines + b"endbfchar\n")
    assert [said.count(b"%d beginbfchar" % many) for many in (100, 50)] == [2, 1]
