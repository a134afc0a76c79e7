"""Languages: the right code, or an honest None."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.text.language import MAX_CHARACTERS, are_kin, detect

SENTENCES = {
    "en": "The library opens at nine in the morning, and most of the readers come before noon.",
    "de": "Die Bibliothek öffnet um neun Uhr morgens, und die meisten Leser kommen vor dem Mittag.",
    "fr": "La bibliothèque ouvre à neuf heures du matin, et la plupart des lecteurs viennent avant midi.",
    "es": "La biblioteca abre a las nueve de la mañana y la mayoría de los lectores llega antes del mediodía.",
    "it": "La biblioteca apre alle nove del mattino e la maggior parte dei lettori arriva prima di mezzogiorno.",
    "pt": "A biblioteca abre às nove da manhã e a maioria dos leitores chega antes do meio-dia.",
    "nl": "De bibliotheek gaat om negen uur 's ochtends open en de meeste lezers komen voor de middag.",
    "fi": "Kirjasto avataan aamulla kello yhdeksän, ja useimmat lukijat tulevat ennen puoltapäivää.",
    "sw": "Maktaba hufunguliwa saa tatu asubuhi, na wasomaji wengi huja kabla ya saa sita mchana.",
    "vi": "Thư viện mở cửa lúc chín giờ sáng và hầu hết độc giả đến trước buổi trưa.",
    "ru": "Библиотека открывается в девять часов утра, и большинство читателей приходит до полудня.",
    "bg": "Библиотеката отваря в девет часа сутринта и повечето читатели идват преди обяд.",
    "ar": "تفتح المكتبة أبوابها في الساعة التاسعة صباحا ويأتي معظم القراء قبل الظهر.",
    "fa": "کتابخانه ساعت نه صبح باز می‌شود و بیشتر خوانندگان پیش از ظهر می‌آیند.",
    "hi": "पुस्तकालय सुबह नौ बजे खुलता है और अधिकांश पाठक दोपहर से पहले आते हैं।",
    "ta": "நூலகம் காலை ஒன்பது மணிக்குத் திறக்கிறது.",
    "te": "గ్రంథాలయం ఉదయం తొమ్మిది గంటలకు తెరుచుకుంటుంది.",
    "ko": "도서관은 아침 아홉 시에 문을 열고 대부분의 독자는 정오 전에 온다.",
    "ja": "図書館は朝九時に開館し、多くの読者は正午前に来ます。",
    "zh": "图书馆早上九点开门，大多数读者在中午之前来。",
    "he": "הספרייה נפתחת בתשע בבוקר ורוב הקוראים מגיעים לפני הצהריים.",
    "el": "Η βιβλιοθήκη ανοίγει στις εννέα το πρωί.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_known(code):
    assert detect(SENTENCES[code]) == code


@pytest.mark.parametrize("code", ["en", "de", "ru", "zh"])
def test_case_markup_and_length_do_not_matter(code):
    sentence = SENTENCES[code]
    assert detect(sentence.upper()) == code
    assert detect(f"# {sentence}\n\n* **{sentence}**\n* [{sentence}](https://example.org/a/b)") == code
    assert detect(f"{sentence}\n" * (2 * MAX_CHARACTERS // len(sentence))) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42",
        "🙂🙂",
        "Yes.",
        "- Milk\n- Eggs",
        "Spain\nSweden\nSwitzerland",
        "Fanon, Coxeter, Zariski, Grothendieck",
        "x = np.linspace(0, 1, n)\nplt.plot(x, f(x))",
        SENTENCES["de"] + "\n\n" + SENTENCES["en"],
        SENTENCES["hi"] + "\n\n" + SENTENCES["en"],
    ],
)
def test_too_little_mixed_or_no_language_is_undetermined(text):
    assert detect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Milk\nEggs\nWhole-grain bread\nOlive oil\nFresh basil\nA pound of tomatoes",
        "```python\nfor i in range(10):\n    print(xs[i] ** 2)\n```",
        "1. Mario Rossi\n2. Jürgen Müller\n3. François Dupont\n4. Ana María López\n5. Björn Åkesson",
        "SELECT name FROM users WHERE id = 3;\nINSERT INTO orders (id, total) VALUES (1, 9.5);",
        '{"name": "Ana", "city": "Porto", "tags": ["café", "fado"]}',
    ],
)
def test_lists_names_and_code_are_called_no_foreign_language(text):
    assert detect(text) in (None, "en")


def test_a_quotation_does_not_make_a_text_foreign():
    text = (SENTENCES["en"] + " ") * 6 + "\n\n> " + SENTENCES["de"]
    assert detect(text) == "en"


def test_prose_in_a_fence_is_read_when_there_is_nothing_else():
    assert detect('```json\n{"antwort": "' + SENTENCES["de"] + '"}\n```') == "de"


def test_kin():
    assert are_kin("hr", "sr")
    assert are_kin("ms", "id")
    assert are_kin("xx", "xx")
    assert not are_kin("es", "pt")


@given(st.text(max_size=300))
@settings(deadline=None)  # the first text loads the identifier
def test_any_text_has_a_code_or_none(text):
    code = detect(text)
    assert code is None or (len(code) == 2 and code.islower())
