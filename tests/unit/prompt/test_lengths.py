"""Numbers of words, sentences, paragraphs and items."""

import pytest

from quality import prompt


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        ("Write at least 250 words.", {("length_constraints:number_words", ">=", "250")}),
        ("Keep your answer under 100 words.", {("length_constraints:number_words", "<", "100")}),
        (
            "The essay must be 300-400 words long.",
            {
                ("length_constraints:number_words", "<=", "400"),
                ("length_constraints:number_words", ">=", "300"),
            },
        ),
        ("Answer with no fewer than twenty-five words.", {("length_constraints:number_words", ">=", "25")}),
        ("Your response shouldn't exceed 60 words.", {("length_constraints:number_words", "<=", "60")}),
        ("Use a maximum of 120 words.", {("length_constraints:number_words", "<=", "120")}),
        ("Word limit: 200.", {("length_constraints:number_words", "<=", "200")}),
        ("Write a summary (max 50 words).", {("length_constraints:number_words", "<=", "50")}),
        ("Write about 150 words on cats.", {("length_constraints:number_words", "about", "150")}),
        ("In 50 words or fewer, explain tides.", {("length_constraints:number_words", "<=", "50")}),
        (
            "The total number of words must be at least 500.",
            {("length_constraints:number_words", ">=", "500")},
        ),
        ("Write more than a hundred words.", {("length_constraints:number_words", ">", "100")}),
        ("The text should be no longer than 80 words.", {("length_constraints:number_words", "<=", "80")}),
        ("Answer in at least four sentences.", {("length_constraints:number_sentences", ">=", "4")}),
        ("Use fewer than 6 sentences.", {("length_constraints:number_sentences", "<", "6")}),
        (
            "Limit yourself to two or three sentences.",
            {
                ("length_constraints:number_sentences", "<=", "3"),
                ("length_constraints:number_sentences", ">=", "2"),
            },
        ),
        (
            "Your answer should have more than 12 sentences.",
            {("length_constraints:number_sentences", ">", "12")},
        ),
        (
            "The number of sentences should not exceed 8.",
            {("length_constraints:number_sentences", "<=", "8")},
        ),
        ("Explain it in a couple of sentences.", {("length_constraints:number_sentences", "=", "2")}),
        (
            "Write at least 4 but no more than 9 sentences.",
            {
                ("length_constraints:number_sentences", "<=", "9"),
                ("length_constraints:number_sentences", ">=", "4"),
            },
        ),
        (
            "Write exactly five paragraphs, separated by ***.",
            {("length_constraints:number_paragraphs", "=", "5")},
        ),
        (
            "Your essay should consist of 4 paragraphs divided by the markdown divider ***.",
            {("length_constraints:number_paragraphs", "=", "4")},
        ),
        (
            "The answer should have three parts. Use *** to separate the parts.",
            {("length_constraints:number_paragraphs", "=", "3")},
        ),
        ("Write a 5-paragraph essay about dogs.", {("length_constraints:number_paragraphs", "=", "5")}),
        ("Each paragraph should have 3 sentences.", {("length_constraints:number_sentences", "=", "3")}),
        (
            "Put 4 stanzas, split with three asterisks (***).",
            {("length_constraints:number_paragraphs", "=", "4")},
        ),
        (
            'Paragraph 3 should start with the word "However".',
            {("length_constraints:nth_paragraph_first_word", "", "However")},
        ),
        (
            "Begin the second paragraph with the word moreover.",
            {("length_constraints:nth_paragraph_first_word", "", "moreover")},
        ),
        (
            "The 1st paragraph must begin with 'Once'.",
            {("length_constraints:nth_paragraph_first_word", "", "Once")},
        ),
        (
            'The first word of paragraph 2 must be "Yet".',
            {("length_constraints:nth_paragraph_first_word", "", "Yet")},
        ),
        (
            "Write a story. It must have at least 300 words, exactly 3 paragraphs "
            'separated by ***, and end with "The End".',
            {
                ("genre:fiction", "", ""),
                ("length_constraints:number_words", ">=", "300"),
                ("length_constraints:number_paragraphs", "=", "3"),
                ("startend:end_checker", "", "The End"),
            },
        ),
        (
            "Summarize the text below in two sentences.\n\nThe author wrote 12 "
            "paragraphs in all capital letters. Do not include commas!",
            {("length_constraints:number_sentences", "=", "2")},
        ),
        ("Do not write more than 3 paragraphs.", {("length_constraints:number_paragraphs", "<=", "3")}),
        ("Don't write fewer than 200 words.", {("length_constraints:number_words", ">=", "200")}),
        (
            "The response must not be longer than 4 sentences.",
            {("length_constraints:number_sentences", "<=", "4")},
        ),
        ("In paragraph 2, use at least 3 sentences.", {("length_constraints:number_sentences", ">=", "3")}),
        (
            "Write three poems of four lines each.",
            {("genre:fiction", "", ""), ("length:items", "=", "3"), ("length:lines", "=", "4")},
        ),
        ("Write an essay with a 50-word introduction.", {("length_constraints:number_words", "about", "50")}),
        ("Write 300+ words.", {("length_constraints:number_words", ">=", "300")}),
        ("Write ~200 words.", {("length_constraints:number_words", "about", "200")}),
        ("Give me a dozen tips.", {("length:items", "=", "12")}),
        ("List two or three examples.", {("length:items", "<=", "3"), ("length:items", ">=", "2")}),
        ("Write at least 1,500 words.", {("length_constraints:number_words", ">=", "1500")}),
        ("Use thirty-five words or less.", {("length_constraints:number_words", "<=", "35")}),
        (
            "Answer in 3-5 sentences.",
            {
                ("length_constraints:number_sentences", "<=", "5"),
                ("length_constraints:number_sentences", ">=", "3"),
            },
        ),
        ("Write approximately 2k words.", {("length_constraints:number_words", "about", "2000")}),
        (
            "Between 100 and 150 words please.",
            {
                ("length_constraints:number_words", "<=", "150"),
                ("length_constraints:number_words", ">=", "100"),
            },
        ),
        ("No more than one paragraph.", {("length_constraints:number_paragraphs", "<=", "1")}),
        (
            "a minimum of three (3) paragraphs is required",
            {("length_constraints:number_paragraphs", ">=", "3")},
        ),
        ("Ask me 5 questions about my day.", {("length:questions", "=", "5")}),
        ("Keep it brief.", {("length:short", "", "")}),
        ("Explain quantum physics in great detail.", {("length:long", "", "")}),
        ("Write a tweet of at most 280 characters.", {("length:characters", "<=", "280")}),
        ("Write a poem with 4 stanzas.", {("genre:fiction", "", ""), ("length:stanzas", "=", "4")}),
        ("Write a 12-line poem.", {("genre:fiction", "", ""), ("length:lines", "=", "12")}),
        ("I am writing an essay in English class. Name two topics.", {("length:items", "=", "2")}),
        (
            "There should be exactly 4 paragraphs in your response, separated with the markdown divider: ***",
            {("length_constraints:number_paragraphs", "=", "4")},
        ),
        ("Write 6 stanzas separated by ***.", {("length_constraints:number_paragraphs", "=", "6")}),
        (
            "Give me two paragraphs divided by three asterisks.",
            {("length_constraints:number_paragraphs", "=", "2")},
        ),
        (
            "There should be 3 paragraphs. Paragraphs are separated with each other by "
            'two new lines. Paragraph 1 must start with the word "stress".',
            {
                ("length_constraints:number_paragraphs", "=", "3"),
                ("length_constraints:nth_paragraph_first_word", "", "stress"),
            },
        ),
        (
            "Write 4 paragraphs. Make sure the fourth paragraph begins with 'tacos'.",
            {
                ("length_constraints:number_paragraphs", "=", "4"),
                ("length_constraints:nth_paragraph_first_word", "", "tacos"),
            },
        ),
        (
            'The 2nd paragraph should start with "elm".',
            {("length_constraints:nth_paragraph_first_word", "", "elm")},
        ),
        (
            "Your response must have fewer than 12 sentences.",
            {("length_constraints:number_sentences", "<", "12")},
        ),
        (
            "Write in at least 10 and at most 14 sentences.",
            {
                ("length_constraints:number_sentences", "<=", "14"),
                ("length_constraints:number_sentences", ">=", "10"),
            },
        ),
        (
            "The response must be 15 to 20 sentences long.",
            {
                ("length_constraints:number_sentences", "<=", "20"),
                ("length_constraints:number_sentences", ">=", "15"),
            },
        ),
        (
            "Answer in less than 10 sentences and have at least 60 words.",
            {
                ("length_constraints:number_sentences", "<", "10"),
                ("length_constraints:number_words", ">=", "60"),
            },
        ),
        ("Make it at least 600 words long.", {("length_constraints:number_words", ">=", "600")}),
        (
            "with at least 200 words, write about oak trees.",
            {("length_constraints:number_words", ">=", "200")},
        ),
        ("Limit the response to under 40 words.", {("length_constraints:number_words", "<", "40")}),
        ("Have a minimum of 350 words in your response.", {("length_constraints:number_words", ">=", "350")}),
        (
            "Your answer should contain more than 50 words but less than 80 words.",
            {("length_constraints:number_words", ">", "50"), ("length_constraints:number_words", "<", "80")},
        ),
        (
            "The length of your response should be 250 words or more.",
            {("length_constraints:number_words", ">=", "250")},
        ),
        ("Aim for roughly 400 words.", {("length_constraints:number_words", "about", "400")}),
        ("I need it in under 300 words, please.", {("length_constraints:number_words", "<", "300")}),
        ("Your text can't be more than 90 words.", {("length_constraints:number_words", "<=", "90")}),
        ("The word count must be at least 180.", {("length_constraints:number_words", ">=", "180")}),
        ("Respond in 120 words or fewer.", {("length_constraints:number_words", "<=", "120")}),
        ("make it 500+ words", {("length_constraints:number_words", ">=", "500")}),
        ("at least two hundred words are required", {("length_constraints:number_words", ">=", "200")}),
        ("Do it in no less than 900 words", {("length_constraints:number_words", ">=", "900")}),
        (
            "The response should be of at least 70 words in length.",
            {("length_constraints:number_words", ">=", "70")},
        ),
        ("The essay must contain 1000 or more words.", {("length_constraints:number_words", ">=", "1000")}),
        (
            "Your reply should contain a minimum of eight sentences.",
            {("length_constraints:number_sentences", ">=", "8")},
        ),
        ("Keep your reply to less than five sentences.", {("length_constraints:number_sentences", "<", "5")}),
        (
            "There should be at least 9 sentences in total.",
            {("length_constraints:number_sentences", ">=", "9")},
        ),
        (
            "Use more than 4 and fewer than 9 sentences.",
            {
                ("length_constraints:number_sentences", "<", "9"),
                ("length_constraints:number_sentences", ">", "4"),
            },
        ),
        ("The poem must have at most 6 sentences", {("length_constraints:number_sentences", "<=", "6")}),
        ("Separate the 3 paragraphs with ***.", {("length_constraints:number_paragraphs", "=", "3")}),
        (
            "Provide 2 paragraphs, using the markdown divider *** between them.",
            {("length_constraints:number_paragraphs", "=", "2")},
        ),
        (
            "Make it 5 paragraphs long; separate them by ***",
            {("length_constraints:number_paragraphs", "=", "5")},
        ),
        (
            "It should have two parts separated by three asterisks.",
            {("length_constraints:number_paragraphs", "=", "2")},
        ),
        (
            'Make the first word of the third paragraph "still".',
            {("length_constraints:nth_paragraph_first_word", "", "still")},
        ),
        ("Paragraph 4 begins with 'Now'.", {("length_constraints:nth_paragraph_first_word", "", "Now")}),
        (
            "the second paragraph must start with the word moon",
            {("length_constraints:nth_paragraph_first_word", "", "moon")},
        ),
        (
            "Write about tea.\n\nConstraints:\n- At least 100 words\n- No commas\n- "
            'Include the word "sun"\n- 3 paragraphs',
            {
                ("length_constraints:number_words", ">=", "100"),
                ("punctuation:no_comma", "not", ""),
                ("keywords:existence", "", "sun"),
                ("length_constraints:number_paragraphs", "=", "3"),
            },
        ),
        (
            "Describe a cat.\n\nRequirements:\n1. Use exactly 4 sentences.\n2. All "
            'lowercase.\n3. Do not use the word "fur".',
            {
                ("length_constraints:number_sentences", "=", "4"),
                ("change_case:english_lowercase", "", ""),
                ("keywords:forbidden_words", "not", "fur"),
            },
        ),
        (
            "Write a poem (max 50 words, no commas).",
            {
                ("genre:fiction", "", ""),
                ("length_constraints:number_words", "<=", "50"),
                ("punctuation:no_comma", "not", ""),
            },
        ),
        (
            "Answer the question: What is the capital of Peru? Use at most 10 words.",
            {("length_constraints:number_words", "<=", "10")},
        ),
        (
            "Question: Why is the sky blue?\nAnswer in two sentences.",
            {("length_constraints:number_sentences", "=", "2")},
        ),
        (
            "Length: 200-300 words. Tone: formal.",
            {
                ("length_constraints:number_words", "<=", "300"),
                ("length_constraints:number_words", ">=", "200"),
            },
        ),
        (
            "Write a 300 word essay in 3 paragraphs, each with at least 4 sentences.",
            {
                ("length_constraints:number_words", "about", "300"),
                ("length_constraints:number_paragraphs", "=", "3"),
                ("length_constraints:number_sentences", ">=", "4"),
            },
        ),
        (
            "Give me 3 options, each under 10 words, in lowercase.",
            {
                ("length:items", "=", "3"),
                ("length_constraints:number_words", "<", "10"),
                ("change_case:english_lowercase", "", ""),
            },
        ),
        (
            "Give me the answer, but please no more than 2 sentences and without the word 'well'.",
            {("length_constraints:number_sentences", "<=", "2"), ("keywords:forbidden_words", "not", "well")},
        ),
        (
            "write me a story with at least 4 paragraphs and at most 6",
            {("genre:fiction", "", ""), ("length_constraints:number_paragraphs", ">=", "4")},
        ),
        ("Use one paragraph.", {("length_constraints:number_paragraphs", "=", "1")}),
        ("Write one sentence.", {("length_constraints:number_sentences", "=", "1")}),
        ("Explain in a single paragraph.", {("length_constraints:number_paragraphs", "=", "1")}),
        (
            "In 2 paragraphs explain X; in the second paragraph mention 'Y'.",
            {("length_constraints:number_paragraphs", "=", "2"), ("keywords:existence", "", "Y")},
        ),
        (
            "Make the following sentence at least 20 words long: I run.",
            {("length_constraints:number_words", ">=", "20")},
        ),
        ("Write two emails: one to Ann and one to Bob.", {("length:items", "=", "2")}),
        (
            "Here are two questions: who are you? where do you live? Answer each in at least 3 sentences.",
            {("length_constraints:number_sentences", ">=", "3")},
        ),
        (
            "Below is a poem. Rewrite it as a story of at least 300 words.\n\nRoses are "
            "red, highlight at least 3 sections.",
            {("length_constraints:number_words", ">=", "300")},
        ),
        (
            'Rate this review from 1 to 5: "Great, at least 10 words!"\nYour response '
            "should have no more than 20 words.",
            {("length_constraints:number_words", "<=", "20")},
        ),
        (
            "My friend wrote: 'please include the keyword banana'. Reply to him in 2 sentences.",
            {("length_constraints:number_sentences", "=", "2")},
        ),
        (
            "Email:\nDear all, please write at least 100 words. Do not use "
            "commas.\n\nSummarize the email in one sentence.",
            {("length_constraints:number_sentences", "=", "1")},
        ),
        (
            "I have 3 paragraphs about dogs. Combine them into one paragraph.",
            {("length_constraints:number_paragraphs", "=", "1")},
        ),
        (
            "Write two sentences about each of the three planets.",
            {("length_constraints:number_sentences", "=", "2")},
        ),
        (
            "Explain the rule 'no commas' in at least 2 sentences.",
            {("length_constraints:number_sentences", ">=", "2")},
        ),
        (
            'Rewrite "I am fine" in at least 5 words without using the word "fine".',
            {("length_constraints:number_words", ">=", "5"), ("keywords:forbidden_words", "not", "fine")},
        ),
        (
            "Write a letter of 200 to 250 words, with a P.S., exactly 3 bullet points, "
            "and no capital letters.",
            {
                ("length_constraints:number_words", "<=", "250"),
                ("length_constraints:number_words", ">=", "200"),
                ("detectable_content:postscript", "", "P.S."),
                ("detectable_format:number_bullet_lists", "=", "3"),
                ("change_case:english_lowercase", "", ""),
            },
        ),
        (
            "Do not exceed 100 words and do not use the letter z.",
            {("length_constraints:number_words", "<=", "100"), ("keywords:letter_frequency", "<=", "0")},
        ),
        (
            'Make sure that your answer is at least 5 sentences, doesn\'t mention "rain" and mentions "sun".',
            {
                ("length_constraints:number_sentences", ">=", "5"),
                ("keywords:forbidden_words", "not", "rain"),
                ("keywords:existence", "", "sun"),
            },
        ),
        ("If you can, keep it under 50 words.", {("length_constraints:number_words", "<", "50")}),
        (
            "Write a paragraph where every sentence has exactly 5 words.",
            {("length_constraints:number_words", "=", "5")},
        ),
        (
            "Respond with a single sentence of under 15 words.",
            {
                ("length_constraints:number_sentences", "=", "1"),
                ("length_constraints:number_words", "<", "15"),
            },
        ),
        ("Summarize chapter 3 in 2 paragraphs.", {("length_constraints:number_paragraphs", "=", "2")}),
        ("It's a 90-word text. Make it 40 words.", {("length_constraints:number_words", "about", "40")}),
    ],
)
def test_asks(instruction, asks):
    assert {(ask.kind, ask.relation, ask.value) for ask in prompt.read(instruction).asks} == asks
