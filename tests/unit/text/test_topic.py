"""Words that tell a topic."""

from quality.text.topic import shows, spelt, stemmed, topic_words


def test_content_words_by_stem():
    assert topic_words("The runner is running over the bridges.").keys() >= {"runner", "runn", "bridg"}
    assert not topic_words("it is what it was").keys() & {"what", "it", "was"}


def test_rarer_words_weigh_more():
    words = topic_words("a photosynthesis of people")
    assert words["photosynthesi"] > words.get("people", 0)


def test_accents_and_case_do_not_count():
    assert topic_words("L'HÔPITAL").keys() == topic_words("l'hopital").keys()


def test_ideographs_are_words():
    assert set(topic_words("猫和狗")) == {"猫", "和", "狗"}


def test_a_stem_keeps_four_letters():
    assert stemmed("being") == "being"
    assert stemmed("baking") == "baking"
    assert stemmed("walking") == "walk"


def test_shows_reads_across_spaces():
    assert shows("A war crime is grave.", {"warcrime": 3.0})
    assert not shows("Peace.", {"warcrime": 3.0})


def test_stems_are_shown_as_words():
    assert spelt("Old monasteries made parchment.", ["parchment", stemmed("monasteries")]) == [
        "parchment",
        "monasteries",
    ]
