"""Words to include, avoid and count, and letters, as people ask for them."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        (
            "Write about tea. Make sure the words kettle, leaf and steam all appear.",
            {
                ("keywords:existence", "", "kettle"),
                ("keywords:existence", "", "leaf"),
                ("keywords:existence", "", "steam"),
            },
        ),
        (
            'Write about tea and work in the terms "oolong" and "matcha".',
            {("keywords:existence", "", "oolong"), ("keywords:existence", "", "matcha")},
        ),
        (
            "Your essay has to contain the following words: rain, sun, wind.",
            {
                ("keywords:existence", "", "rain"),
                ("keywords:existence", "", "sun"),
                ("keywords:existence", "", "wind"),
            },
        ),
        (
            "Include these keywords:\n- alpha\n- beta\n- gamma",
            {
                ("keywords:existence", "", "alpha"),
                ("keywords:existence", "", "beta"),
                ("keywords:existence", "", "gamma"),
            },
        ),
        ("Be sure to use the word 'resilience'.", {("keywords:existence", "", "resilience")}),
        ('The term "blockchain" must be mentioned.', {("keywords:existence", "", "blockchain")}),
        (
            "Write a poem. Mention 'Paris' and 'London' in it.",
            {
                ("genre:fiction", "", ""),
                ("keywords:existence", "", "Paris"),
                ("keywords:existence", "", "London"),
            },
        ),
        (
            "Add the keywords climate change, net zero and tax to the text.",
            {
                ("keywords:existence", "", "climate change"),
                ("keywords:existence", "", "net zero"),
                ("keywords:existence", "", "tax"),
            },
        ),
        (
            "Write a tweet with the hashtags #sun and #fun.",
            {("keywords:existence", "", "#sun"), ("keywords:existence", "", "#fun")},
        ),
        (
            "In your story, use all of these words: dragon, knight, castle",
            {
                ("keywords:existence", "", "dragon"),
                ("keywords:existence", "", "knight"),
                ("keywords:existence", "", "castle"),
            },
        ),
        (
            "Don't use the words big or small.",
            {("keywords:forbidden_words", "not", "big"), ("keywords:forbidden_words", "not", "small")},
        ),
        ('Please avoid the word "very".', {("keywords:forbidden_words", "not", "very")}),
        (
            'Describe love without saying "heart" or "soul".',
            {("keywords:forbidden_words", "not", "heart"), ("keywords:forbidden_words", "not", "soul")},
        ),
        (
            "You must not mention the words tree, leaf, and root.",
            {
                ("keywords:forbidden_words", "not", "tree"),
                ("keywords:forbidden_words", "not", "leaf"),
                ("keywords:forbidden_words", "not", "root"),
            },
        ),
        ("The word 'banana' is forbidden.", {("keywords:forbidden_words", "not", "banana")}),
        (
            "The words 'cold' and 'ice' should not appear in your reply.",
            {("keywords:forbidden_words", "not", "cold"), ("keywords:forbidden_words", "not", "ice")},
        ),
        ("Never say the word sorry.", {("keywords:forbidden_words", "not", "sorry")}),
        (
            "Exclude the keywords 'cheap' and 'discount' from the ad.",
            {("keywords:forbidden_words", "not", "cheap"), ("keywords:forbidden_words", "not", "discount")},
        ),
        (
            "Your answer cannot include the following words: red, green.",
            {("keywords:forbidden_words", "not", "red"), ("keywords:forbidden_words", "not", "green")},
        ),
        ('Explain it with no mention of the word "God".', {("keywords:forbidden_words", "not", "God")}),
        ('Make sure you don\'t use the term "AI" anywhere.', {("keywords:forbidden_words", "not", "AI")}),
        ('Use the word "ocean" at least three times.', {("keywords:frequency", ">=", "3")}),
        ("The word moon should appear no more than 2 times.", {("keywords:frequency", "<=", "2")}),
        ('Mention "coffee" exactly 4 times in your answer.', {("keywords:frequency", "=", "4")}),
        ("Include the word blue twice.", {("keywords:frequency", "=", "2")}),
        ("Make sure that the word 'sun' shows up more than five times.", {("keywords:frequency", ">", "5")}),
        (
            'The keyword "green" must be used between 3 and 5 times.',
            {("keywords:frequency", "<=", "5"), ("keywords:frequency", ">=", "3")},
        ),
        ('Do not use the word "and" more than 10 times.', {("keywords:frequency", "<=", "10")}),
        ("Use the keyword data fewer than 4 times.", {("keywords:frequency", "<", "4")}),
        ('At least 3 times, use the word "magic".', {("keywords:frequency", ">=", "3")}),
        ("The letter z should appear at least 6 times.", {("keywords:letter_frequency", ">=", "6")}),
        ('Use the letter "e" less than ten times.', {("keywords:letter_frequency", "<", "10")}),
        (
            "In your answer, the letter q must occur at least twice.",
            {("keywords:letter_frequency", ">=", "2")},
        ),
        ("Write a paragraph without the letter 'e'.", {("keywords:letter_frequency", "<=", "0")}),
        ("Include the exclamation mark at least 5 times.", {("keywords:letter_frequency", ">=", "5")}),
        (
            "Make sure the letter t appears no more than 20 times.",
            {("keywords:letter_frequency", "<=", "20")},
        ),
        ("Give me words without the letter e.", {("keywords:letter_frequency", "<=", "0")}),
        ('Don\'t forget to include the word "hope".', {("keywords:existence", "", "hope")}),
        ('The word "flesh" should appear less than 3 times.', {("keywords:frequency", "<", "3")}),
        ("Include the keyword 'economy' 5 times or more.", {("keywords:frequency", ">=", "5")}),
        ("Make use of the word apple at least twice.", {("keywords:frequency", ">=", "2")}),
        ("In your answer, 'river' should appear at least 4 times.", {("keywords:frequency", ">=", "4")}),
        ("Use the words 'cat' and 'dog' at least 2 times each.", {("keywords:frequency", ">=", "2")}),
        ("The letter w should appear less than 3 times.", {("keywords:letter_frequency", "<", "3")}),
        (
            'The letter "k" must be used at least 12 times in your reply.',
            {("keywords:letter_frequency", ">=", "12")},
        ),
        ("Make sure to use the letter v fewer than 6 times.", {("keywords:letter_frequency", "<", "6")}),
        ('Include the letter "h" at least 15 times.', {("keywords:letter_frequency", ">=", "15")}),
        (
            "Include the following words: 'atom', 'cell'.",
            {("keywords:existence", "", "atom"), ("keywords:existence", "", "cell")},
        ),
        (
            'Make sure to include the words "rise", "fall" in your response.',
            {("keywords:existence", "", "rise"), ("keywords:existence", "", "fall")},
        ),
        (
            'Use the keywords "tall", "thin".',
            {("keywords:existence", "", "tall"), ("keywords:existence", "", "thin")},
        ),
        ("You must include the key phrase 'open sesame'.", {("keywords:existence", "", "open sesame")}),
        ("The response needs the keyword mango in it.", {("keywords:existence", "", "mango")}),
        (
            "Include the keywords (apple, pear).",
            {("keywords:existence", "", "apple"), ("keywords:existence", "", "pear")},
        ),
        (
            "Do not include keywords 'bias', 'fuel' in the response.",
            {("keywords:forbidden_words", "not", "bias"), ("keywords:forbidden_words", "not", "fuel")},
        ),
        (
            "The following words are banned: 'so', 'very'.",
            {("keywords:forbidden_words", "not", "so"), ("keywords:forbidden_words", "not", "very")},
        ),
        (
            "Keep the words hot and cold out of your answer.",
            {("keywords:forbidden_words", "not", "hot"), ("keywords:forbidden_words", "not", "cold")},
        ),
        ("Don't say the word 'no'.", {("keywords:forbidden_words", "not", "no")}),
        ('Leave out the word "like".', {("keywords:forbidden_words", "not", "like")}),
        ("The story should not contain the word 'blue'.", {("keywords:forbidden_words", "not", "blue")}),
        ("Include the name 'Anna' in it.", {("keywords:existence", "", "Anna")}),
        (
            'Make sure that the phrase "in the end" is in the story.',
            {("genre:fiction", "", ""), ("keywords:existence", "", "in the end")},
        ),
        (
            "Incorporate both words: 'mist' and 'oak'.",
            {("keywords:existence", "", "mist"), ("keywords:existence", "", "oak")},
        ),
        (
            "Your poem has to use the words sea and salt.",
            {("keywords:existence", "", "sea"), ("keywords:existence", "", "salt")},
        ),
        ("Use the keyword lightning in your answer.", {("keywords:existence", "", "lightning")}),
        (
            "The answer must include the keywords: glass, stone; iron.",
            {
                ("keywords:existence", "", "glass"),
                ("keywords:existence", "", "stone"),
                ("keywords:existence", "", "iron"),
            },
        ),
        ('Mention "tax reform" somewhere.', {("keywords:existence", "", "tax reform")}),
        ("Insert the word 'maybe' into the first line.", {("keywords:existence", "", "maybe")}),
        (
            "The essay should include words like 'roots' and 'soil'.",
            {("keywords:existence", "", "roots"), ("keywords:existence", "", "soil")},
        ),
        ("include words: fog", {("keywords:existence", "", "fog")}),
        (
            'The words "moon" and "tide" need to be in the poem.',
            {("keywords:existence", "", "moon"), ("keywords:existence", "", "tide")},
        ),
        (
            "Avoid the following keywords: guilt, shame.",
            {("keywords:forbidden_words", "not", "guilt"), ("keywords:forbidden_words", "not", "shame")},
        ),
        (
            "Do not include the words 'slow', 'late' or 'bad'.",
            {
                ("keywords:forbidden_words", "not", "slow"),
                ("keywords:forbidden_words", "not", "late"),
                ("keywords:forbidden_words", "not", "bad"),
            },
        ),
        ('Make sure not to use the word "nice".', {("keywords:forbidden_words", "not", "nice")}),
        ("Try not to use the word 'just'.", {("keywords:forbidden_words", "not", "just")}),
        (
            'Without using the words "code" and "data", describe it.',
            {("keywords:forbidden_words", "not", "code"), ("keywords:forbidden_words", "not", "data")},
        ),
        ("The word 'sea' must not be used.", {("keywords:forbidden_words", "not", "sea")}),
        ("Your answer should be free of the word 'thing'.", {("keywords:forbidden_words", "not", "thing")}),
        (
            'Do not mention "Trump" or "Biden".',
            {("keywords:forbidden_words", "not", "Trump"), ("keywords:forbidden_words", "not", "Biden")},
        ),
        ("Please refrain from mentioning the word 'price'.", {("keywords:forbidden_words", "not", "price")}),
        (
            "You are not allowed to use the words hot, warm.",
            {("keywords:forbidden_words", "not", "hot"), ("keywords:forbidden_words", "not", "warm")},
        ),
        (
            'Words such as "awful" and "terrible" must be avoided.',
            {("keywords:forbidden_words", "not", "awful"), ("keywords:forbidden_words", "not", "terrible")},
        ),
        ("No use of the word 'always'.", {("keywords:forbidden_words", "not", "always")}),
        ("Mention the word 'green' 3 or more times.", {("keywords:frequency", ">=", "3")}),
        ("The word queen should be used at least twice in the poem.", {("keywords:frequency", ">=", "2")}),
        ('Make "time" appear at least 6 times.', {("keywords:frequency", ">=", "6")}),
        ("Use 'we' no more than 4 times.", {("keywords:frequency", "<=", "4")}),
        ("'Hope' must be mentioned a minimum of 3 times.", {("keywords:frequency", ">=", "3")}),
        ("Use the word bird three times", {("keywords:frequency", "=", "3")}),
        ('Have the word "lake" in there at least four times.', {("keywords:frequency", ">=", "4")}),
        ("The letter 'x' has to appear at least 3 times.", {("keywords:letter_frequency", ">=", "3")}),
        ("Use the letter d at most 8 times.", {("keywords:letter_frequency", "<=", "8")}),
        ("Include at least 7 of the letter 'b'.", {("keywords:letter_frequency", ">=", "7")}),
        ("Have at least 5 exclamation points.", {("keywords:letter_frequency", ">=", "5")}),
        ("Add the # symbol at least 4 times.", {("keywords:letter_frequency", ">=", "4")}),
        (
            "Include the keywords “alpha”, “beta” and ‘gamma’.",
            {
                ("keywords:existence", "", "alpha"),
                ("keywords:existence", "", "beta"),
                ("keywords:existence", "", "gamma"),
            },
        ),
        (
            "Use the following words: `foo`, `bar`.",
            {("keywords:existence", "", "foo"), ("keywords:existence", "", "bar")},
        ),
        (
            "Include the words **apple** and **pear**.",
            {("keywords:existence", "", "apple"), ("keywords:existence", "", "pear")},
        ),
        (
            "include keywords [apple, pear]",
            {("keywords:existence", "", "apple"), ("keywords:existence", "", "pear")},
        ),
        (
            "Use these keywords in the post:\n\nsolar\nwind\nhydro",
            {
                ("keywords:existence", "", "solar"),
                ("keywords:existence", "", "wind"),
                ("keywords:existence", "", "hydro"),
            },
        ),
        (
            "Keywords to include: solar, wind",
            {("keywords:existence", "", "solar"), ("keywords:existence", "", "wind")},
        ),
        (
            "Forbidden words: bad, ugly",
            {("keywords:forbidden_words", "not", "bad"), ("keywords:forbidden_words", "not", "ugly")},
        ),
        ("Use the word 'ennui' in a sentence.", {("keywords:existence", "", "ennui")}),
        (
            "Please write a haiku. Use the word 'frog' at least once, do not use the "
            "word 'pond', and end with 'splash'.",
            {
                ("genre:fiction", "", ""),
                ("keywords:frequency", ">=", "1"),
                ("keywords:forbidden_words", "not", "pond"),
                ("startend:end_checker", "", "splash"),
            },
        ),
        (
            "In your answer, include the keywords 'a1' and 'b1', avoid the keyword "
            "'c1', use at least 3 paragraphs, and wrap it in double quotation marks.",
            {
                ("keywords:existence", "", "a1"),
                ("keywords:existence", "", "b1"),
                ("keywords:forbidden_words", "not", "c1"),
                ("length_constraints:number_paragraphs", ">=", "3"),
                ("startend:quotation", "", ""),
            },
        ),
        (
            'Your answer must not include the word "yes" but must include the word "maybe".',
            {("keywords:forbidden_words", "not", "yes"), ("keywords:existence", "", "maybe")},
        ),
        (
            'Never mention "alpha"; always mention "beta".',
            {("keywords:forbidden_words", "not", "alpha"), ("keywords:existence", "", "beta")},
        ),
        (
            'Include "x-ray" or "scan".',
            {("keywords:existence", "", "x-ray"), ("keywords:existence", "", "scan")},
        ),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
