from poc_eval.report.office_tree import tree_of


def test_texts_are_unescaped_once_and_what_no_xml_can_hold_is_replaced():
    page = tree_of("<p class='a b'>&amp;lt;b&amp;gt; \x0b\x00 x</p>")
    [paragraph] = page.every("p")
    assert paragraph.classes == {"a", "b"}
    assert "&lt;b&gt;" in paragraph.text
    assert "\x0b" not in paragraph.text
    assert "\x00" not in paragraph.text


def test_scripts_the_list_of_contents_and_drawings_leave_no_text():
    page = tree_of(
        "<main><nav><a>目录</a></nav><svg><text>图</text><rect/></svg><script>{}</script><p>正文<br>二</p></main>"
    )
    assert page.text == "正文二"
    assert page.first("svg").children == []
