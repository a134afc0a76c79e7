from dashboard.shown.words import label, labels, plain


def test_a_label_is_one_visible_line_and_cut():
    assert label("a\u202eb\nc\x07") == "a\\u202eb↵c␇"
    assert label("x" * 100, 10) == "x" * 10 + "…"


def test_outer_spaces_of_a_label_are_seen():
    assert label(" tone  ") == "␣tone␣␣"


def test_no_two_labels_are_alike():
    assert labels(["ax", "ay", "", "ax"], 1) == {"ax": "a…", "ay": "a… (2)", "": "(none)"}


def test_plain_text_leaves_markdown_nothing_to_read():
    shown = plain("**b** [l](http://evil.example) :red[x] $y$ `c` # ~s~ <i> | a_b_c")
    for sign in "*[]()$`#~<>|_!":
        assert shown.count(sign) == shown.count("\\" + sign), sign


def test_plain_text_keeps_its_characters_and_links_no_address():
    text = "see http://evil.example, www.evil.example or a@evil.example :smile:"
    shown = plain(text)
    assert shown.replace("\\", "").replace("\u200b", "") == text
    for linked in ("://", "www.", "a@", ":smile"):
        assert linked not in shown.replace("\\", "")


def test_plain_text_is_one_visible_line():
    assert plain("a\n\n# b\u202e") == "a \\# b\\\\u202e"
