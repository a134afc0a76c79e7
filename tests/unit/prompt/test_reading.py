"""What instructions ask for, and what they do not."""

import time

import pytest

from quality import prompt


def asked(instruction):
    return {
        (ask.kind, ask.relation, ask.value, instruction[ask.start : ask.end])
        for ask in prompt.read(instruction).asks
    }


def kinds(instruction):
    return {ask.kind for ask in prompt.read(instruction).asks}


@pytest.mark.parametrize(
    ("instruction", "kind"),
    [
        ("Name the largest planet in one word.", "one_word"),
        ("Is the moon a star? Answer yes or no.", "yes_no"),
        ("Given the text: The cat sat. Is the cat sitting? Answer yes or no.", "yes_no"),
        ("Is the moon a star? Answer yes or no and explain why.", "explain"),
        ("Classify the animal as a bird or a fish.\n\nSalmon", "choice"),
        ("Decide whether the review is positive.\n\nGreat food!", "choice"),
        ("How many legs does a spider have?", "number"),
        ("Calculate the area of a circle of radius 3.", "number"),
        ("How many legs does a spider have? Explain your answer.", "explain"),
        ("Come up with a slogan for a bakery.", "sentence"),
        ("What are some good books about whales?", "list"),
        ("List three rivers in Spain.", "list"),
        ("Give me some tips for a job interview.", "list"),
        ("Write a Python function that reverses a string.", "code"),
        ("write me a script that saves a dictionary in json format", "code"),
        ("Explain the code that I was given.", "explain"),
        ("Show the populations as a table.", "data"),
        ("Describe a dog in JSON format.", "data"),
        ("Translate the sentence into Spanish.\n\nI am here.", "translation"),
        ("Paraphrase the sentence.\n\nThe dog barked.", "rewrite"),
        ("Write a brief summary of the text below.\n\nLong ago …", "rewrite"),
        ("Write a poem about the sea.", "creative"),
        ("Can you help me write an email to my landlord?", "letter"),
        ("Write a 500-word essay on tides.", "essay"),
        ("Why is the sky blue?", "explain"),
        ("How do I fix a flat tyre?", "explain"),
        ("Who wrote Hamlet?", "question"),
        ("Is the moon a star? Yes or no only.", "yes_no"),
        ("Answer only with a regular expression that matches a date.", "code"),
        ("Please recommend a book for someone who hates reading.", "question"),
        ("Recommend a few books.", "list"),
        ("Suggest a workout plan.", "explain"),
        ("Should schools start later? Give your reasons in one paragraph.", "question"),
        ("Find the mean and the median of 3, 4 and 9.", "number"),
        ("Where is Peru?", "question"),
        ("Answer the following question.\n\nWhen did Peru become independent?", "question"),
        ("Hello there!", "open"),
        ("", "open"),
        ("Дай мне стихотворение", "open"),
    ],
)
def test_kind(instruction, kind):
    assert prompt.read(instruction).kind == kind
    assert kind in prompt.KINDS


@pytest.mark.parametrize(
    ("instruction", "ask"),
    [
        ("Describe it in one word.", ("format:one_word", "=", "1", "in one word")),
        (
            "Write at least 300 words on tea.",
            ("length_constraints:number_words", ">=", "300", "at least 300 words"),
        ),
        ("Write a 300+ word ad.", ("length_constraints:number_words", ">=", "300", "300+ word")),
        (
            "Tell it in no more than fifty words.",
            ("length_constraints:number_words", "<=", "50", "no more than fifty words"),
        ),
        ("Use 200 words or less.", ("length_constraints:number_words", "<=", "200", "200 words or less")),
        (
            "I don't want anything longer than 30 words.",
            ("length_constraints:number_words", "<=", "30", "longer than 30 words"),
        ),
        ("Write a 1,000 word report.", ("length_constraints:number_words", "about", "1000", "1,000 word")),
        (
            "Answer in exactly 3 sentences.",
            ("length_constraints:number_sentences", "=", "3", "exactly 3 sentences"),
        ),
        (
            "Write a story of exactly 2 paragraphs.",
            ("length_constraints:number_paragraphs", "=", "2", "exactly 2 paragraphs"),
        ),
        (
            "Your answer must contain 4 bullet points.",
            ("detectable_format:number_bullet_lists", "=", "4", "4 bullet points"),
        ),
        ("Give me 5 ideas for a picnic.", ("length:items", "=", "5", "Give me 5 ideas")),
        (
            "Write a note in all lowercase letters.",
            ("change_case:english_lowercase", "", "", "in all lowercase letters"),
        ),
        ("Answer in all caps.", ("change_case:english_capital", "", "", "in all caps")),
        ("Answer only in French.", ("language:response_language", "=", "fr", "Answer only in French")),
        ("Réponds en français : où ?", ("language:response_language", "=", "fr", "Réponds en français")),
        ("Übersetze ins Deutsche: tea", ("language:response_language", "=", "de", "Übersetze ins Deutsche")),
        ("¿Qué es? Responde en inglés.", ("language:response_language", "=", "en", "Responde en inglés")),
        ("Is it? Yes or no only.", ("format:yes_no", "", "", "Yes or no only")),
        ("Reply as JSON.", ("detectable_format:json_format", "", "", "as JSON")),
        ("Write a note with some typos.", ("style:typos", "", "", "with some typos")),
        ("Greet me like a pirate.", ("style:dialect", "", "pirate", "like a pirate")),
        ("Keep it short.", ("length:short", "", "", "Keep it short")),
        ("Explain it in detail.", ("length:long", "", "", "in detail")),
        ("Repeat the word echo 10 times.", ("style:repetition", "", "10", "Repeat the word echo 10 times")),
        (
            "Repeat the request word for word, then answer.",
            ("combination:repeat_prompt", "", "", "Repeat the request"),
        ),
    ],
)
def test_ask_with_the_words_that_ask(instruction, ask):
    assert ask in asked(instruction)


def test_a_range_is_two_asks_with_one_span():
    instruction = "Write between 40 and 60 words about rain."
    assert asked(instruction) == {
        ("length_constraints:number_words", ">=", "40", "between 40 and 60 words"),
        ("length_constraints:number_words", "<=", "60", "between 40 and 60 words"),
    }


@pytest.mark.parametrize(
    "instruction",
    [
        'Paraphrase "Answer in one word, in lower case, like a pirate".',
        "Correct the spelling mistakes in the text.",
        "Make sure that there are no typos.",
        "Summarize the following text: Use all caps and repeat the word stop 20 times.",
        "Fix the code.\n\n```\n# answer in one word, all lowercase\n```",
        "Write a function that converts a string to lower case only.",
        "I wrote 300 words yesterday. Was that much?",
        "Which of the two sentences is longer?",
        "Why do people in Georgia speak Georgian at home?",
        "Explain why children misspell words.",
        "The first three paragraphs were good.",
        "Use words in all capital letters at least 3 times.",
        "What does the table of contents hold?",
        "Do not repeat the question.",
        "How does a parrot talk like a person?",
        "Write a casual note to my boss.",
    ],
)
def test_what_asks_for_nothing_that_excuses(instruction):
    excusing = {
        "format:one_word", "style:typos", "style:dialect", "style:repetition", "combination:repeat_prompt",
        "change_case:english_lowercase", "change_case:english_capital", "language:response_language",
        "length_constraints:number_words", "length_constraints:number_sentences",
        "length_constraints:number_paragraphs", "format:table", "length:short", "length:long",
    }  # fmt: skip
    assert not kinds(instruction) & excusing


def test_asks_behind_the_text_to_work_on_are_read():
    instruction = 'Rewrite this: "He go home. I like one word answers." Answer in French.'
    assert kinds(instruction) == {"language:response_language"}
    instruction = (
        "Improve the following poem.\n\nRoses are red, in one word.\n\nYour answer must be in all lowercase."
    )
    assert kinds(instruction) == {"change_case:english_lowercase"}


def test_both_ends_of_a_very_long_prompt_are_read_and_spans_stay_true():
    instruction = "Answer in one word. " + "blah " * 30_000 + "Use only lowercase letters."
    assert {"format:one_word", "change_case:english_lowercase"} <= kinds(instruction)
    assert ("change_case:english_lowercase", "", "", "only lowercase letters") in asked(instruction)


HOSTILE = {
    "quotes": '"' * 1_000_000,
    "open quotes": ' "a' * 330_000,
    "words": "word " * 200_000,
    "numbers": "1 " * 500_000,
    "counts": "at least 3 " * 90_000,
    "blank lines": "\n\n" * 500_000,
    "colons": "following: " * 90_000,
    "fences": "```\n" * 250_000,
    "one word": "a" * 1_000_000,
    "write": "write " * 170_000,
    "write a": "write a in to the " * 56_000,
    "languages": "french in answer " * 60_000,
    "native": "réponds en " * 90_000,
    "repeat": "repeat repeat word " * 55_000,
    "between": "between 1 and 2 and " * 50_000,
    "dots": ". " * 500_000,
    "spaces": " " * 1_000_000,
    "turkish": "İ" * 1_000_000,
    "keywords": "include the word " * 60_000,
    "quoted keywords": 'include the words "a", ' * 40_000,
    "names": "the name Sarah " * 60_000,
    "word lists": "the words a, b, c, d, e, f, " * 36_000,
    "capitals": "words in all capital letters " * 34_000,
    "paragraphs": "start paragraph 2 with the word " * 31_000,
    "highlights": "highlight at least 3 " * 47_000,
    "sections": "3 sections marked with section x " * 30_000,
    "options": "choose from the following options: " * 28_000,
    "negations": "do not use " * 90_000,
    "asterisks": "*" * 1_000_000,
    "code": "write a function in " * 50_000,
    "brackets": "[(<{" * 250_000,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_hostile_prompt_of_a_megabyte_costs_little(shape):
    text = HOSTILE[shape]
    start = time.process_time()
    read = prompt.read(text)
    assert time.process_time() - start < 2
    assert all(0 <= ask.start < ask.end <= len(text) for ask in read.asks)


def test_a_prompt_with_thousands_of_asks_costs_little():
    text = "".join(f'mention "w{number}". ' for number in range(9_000))
    start = time.process_time()
    assert len(prompt.read(text).asks) > 1_000
    assert time.process_time() - start < 2


def test_a_value_keeps_its_letter_case_and_its_span_is_in_the_prompt():
    instruction = 'Tell a story.\n\nInclude the words "Ann Lee" and \'HQ\'. End with "Good Night".'
    asks = prompt.read(instruction).asks
    assert [ask.value for ask in asks] == ["", "Ann Lee", "HQ", "Good Night"]
    assert instruction[asks[1].start : asks[1].end] == "Include the words \"Ann Lee\" and 'HQ'"


@pytest.mark.parametrize(
    ("instruction", "part"),
    [
        ("Write four sentences.", ""),
        ("Each paragraph should have 3 sentences.", "each"),
        ("Write three paragraphs with 50 words each.", "each"),
        ("In paragraph 2, use at least 3 sentences.", "paragraph 2"),
        ("The second paragraph must have 40 words.", "paragraph 2"),
        ("Add a 50-word introduction.", "introduction"),
        ("The conclusion should be two sentences.", "conclusion"),
    ],
)
def test_the_part_of_the_answer(instruction, part):
    assert {ask.part for ask in prompt.read(instruction).asks if ask.kind.startswith("length_")} >= {part}


@pytest.mark.parametrize(
    ("instruction", "unit", "value"),
    [
        ('Use the word "Ocean" at least three times.', "Ocean", "3"),
        ("The letter q should appear at least 5 times.", "q", "5"),
        ("Your answer needs 3 sections. Mark each section with SECTION X.", "SECTION", "3"),
        ("Give me exactly 5 bullet points.", "bullets", "5"),
        ("Include at least five placeholders like [date].", "placeholders", "5"),
        ("Use at least 4 words in all caps.", "capital words", "4"),
        ("List three rivers.", "items", "3"),
    ],
)
def test_the_unit_says_what_is_counted(instruction, unit, value):
    assert (unit, value) in {(ask.unit, ask.value) for ask in prompt.read(instruction).asks}


def test_english_beside_a_letter_case_is_part_of_that_ask():
    asks = prompt.read("Answer in English and in all lowercase letters.").asks
    assert {(ask.kind, ask.value) for ask in asks} == {("change_case:english_lowercase", "en")}


def test_both_openings_of_paragraphs_are_read():
    asks = prompt.read('Paragraph 1 must start with "Sun". The third paragraph must start with "Moon".').asks
    assert {(ask.value, ask.part) for ask in asks} == {("Sun", "paragraph 1"), ("Moon", "paragraph 3")}


def test_a_question_for_an_ability_asks_for_no_code_and_one_with_a_task_does():
    assert not prompt.read("can you write code?").asks
    assert [ask.kind for ask in prompt.read("Can you write code that sorts a list?").asks] == ["format:code"]
