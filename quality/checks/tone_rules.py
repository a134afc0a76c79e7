"""The rules of the tone family with their examples and figures; `tone` finds, these say what it means."""

from __future__ import annotations

from quality.rule import Rule, examples

_WHY_RUDE = (
    "A model takes over the voice of its examples, and nobody keeps an assistant that is rude to them."
)
_ASKED = "Not flagged where the prompt asks for that voice: such a finding is kept as waived with the prompt's words."


def _rule(
    code: str,
    name: str,
    what: str,
    remedy: str,
    measured: str,
    bad: tuple[tuple[str, str], ...],
    good: tuple[tuple[str, str], ...],
    why: str = _WHY_RUDE,
    limits: str = "English alone.",
) -> Rule:
    return Rule(
        code=code,
        name=name,
        criterion="tone",
        what=what,
        why=why,
        remedy=remedy,
        source="Chat Style Guide 1.1.2-3",
        measured=measured,
        bad=examples(bad, flagged=True),
        good=examples(good, flagged=False),
        limits=f"{limits} {_ASKED}",
    )


_SKY = "Why is the sky blue?"

PROFANITY = _rule(
    "TON001",
    "profanity",
    "A swear word in the answer's own voice, plain or disguised (f*ck, sh1t, f u c k).",
    "Say it without the swear word.",
    "2,376 answers of strong models: none flagged; 18,000 of other models: none"
    "; of sentences written by hand and not tuned on 6 of 8 found, of those tuned on 24 of 25 "
    "(benchmarks/tone.py --rows 18000)",
    bad=(
        (_SKY, "Because air scatters blue light, for f*ck's sake."),
        (_SKY, "It is some physics shit about scattered light."),
        ("Write a story about a cat.", "The damn cat sat on the mat and looked at the rain."),
    ),
    good=(
        ("What does FUBAR stand for?", "It stands for “fucked up beyond all recognition”."),
        (
            "Where is Scunthorpe?",
            "Scunthorpe lies in Lincolnshire, near the Humber; the classic assembly plant is there.",
        ),
        ("Write a dialogue of two sailors.", 'Jack: "Damn this rain!"\nTom: "Aye."'),
        (
            "Explain breast cancer screening.",
            "A mammogram is an X-ray of the breast; sex and age change the risk.",
        ),
    ),
    limits="English alone; words with an innocent sense count only where they are aimed at somebody.",
)
INSULT = _rule(
    "TON002",
    "insult",
    "Words that insult the reader, or a slur or a sweeping insult at a group of people.",
    "Delete it, and answer the question with respect.",
    "2,376 answers of strong models: none flagged; 18,000 of other models: none"
    "; of sentences written by hand and not tuned on 4 of 10 found, of those tuned on all 35 "
    "(benchmarks/tone.py --rows 18000)",
    bad=(
        (_SKY, "You must be an idiot to ask. Air scatters blue light."),
        (_SKY, "What a stupid question! Air scatters blue light."),
        ("Who makes good engineers?", "Anyone with training. Women are too emotional for it, though."),
    ),
    good=(
        ("Is it stupid to be afraid of spiders?", "You are not stupid: many people share that fear."),
        ("Correct the sentence.\n\nyou is a idiot", "You are an idiot."),
        ("What is a dumb terminal?", "A dumb terminal has no processor of its own."),
    ),
)
CONDESCENSION = _rule(
    "TON003",
    "condescension",
    "Phrases that talk down to the reader: what any child knows, what is obvious, what should not need saying.",
    "Delete the phrase; say what you know as one adult to another.",
    "2,376 answers of strong models: none flagged; 18,000 of other models: 1, wrong"
    "; of sentences written by hand and not tuned on 6 of 10 found, of those tuned on 34 of 35 "
    "(benchmarks/tone.py --rows 18000)",
    bad=(
        (_SKY, "As any child knows, air scatters blue light."),
        (_SKY, "Obviously, air scatters blue light. You should know that by now."),
        (_SKY, "Let me spell it out for you: air scatters blue light."),
    ),
    good=(
        (_SKY, "Air scatters blue light more than red, which is not obvious at first."),
        ("How do children learn?", "A child knows hundreds of words at the age of three."),
    ),
)
SLANG = _rule(
    "TON004",
    "slang",
    "Words of chats and of the street in an answer that should be professional.",
    "Use the standard word.",
    "2,376 answers of strong models: none flagged; 18,000 of other models: 10 findings, of which a reader "
    "called 9 right; of sentences written by hand and not tuned on 6 of 8 found, of those tuned on all 25 "
    "(benchmarks/tone.py --rows 18000)",
    bad=(
        (_SKY, "It's gonna be the air, bruh."),
        (_SKY, "Lol, air scatters blue light."),
        (_SKY, "Blue light scatters, if u r asking."),
    ),
    good=(
        ("What does lol mean?", "Lol is short for laughing out loud."),
        ("What does the slang word bruh mean?", "Bruh is a form of brother."),
        ("List films by Spike Lee.", "1. She's Gotta Have It (1986)\n2. School Daze (1988)"),
    ),
)
SHOUTING = _rule(
    "TON005",
    "shouting",
    "A run of everyday words in capitals, or three exclamation marks and more in a row.",
    "Write it in small letters and end with one mark.",
    "2,376 answers of strong models: none flagged; 18,000 of other models: 3 findings, all in capitals by "
    "mistake; of sentences written by hand and not tuned on 3 of 3 found, of those tuned on all 11 "
    "(benchmarks/tone.py --rows 18000)",
    bad=(
        (_SKY, "AIR SCATTERS THE BLUE LIGHT, IT IS SIMPLE. Red passes."),
        (_SKY, "Air scatters blue light!!!"),
    ),
    good=(
        ("What is NATO?", "NATO, the EU, the UN and the IMF are organisations. Do NOT mix them up!"),
        ("Write a report.", "WHAT WE DID IN THE YEAR\nWe worked."),
    ),
)
BRUSH_OFF = _rule(
    "TON006",
    "brush-off",
    "Phrases that send the reader away instead of helping: google it, figure it out, not my job, I don't care.",
    "Help, or say politely what you cannot do and where help is to be had.",
    "2,376 answers of strong models: none flagged; 18,000 of other models: none"
    "; of sentences written by hand and not tuned on 8 of 10 found, of those tuned on all 35 "
    "(benchmarks/tone.py --rows 18000)",
    bad=(
        (_SKY, "Just google it."),
        (_SKY, "That's not my job. Figure it out yourself."),
        (_SKY, "I don't care about your question. Something with light."),
    ),
    good=(
        ("How do I find a word's meaning?", "If you do not know a word, you can look it up in a dictionary."),
        ("How do I help a sad friend?", "Your friend is lucky to have someone who cares about them."),
    ),
)
OVER_APOLOGY = _rule(
    "TON007",
    "over-apology",
    "Several apologies in one answer, or one that grovels.",
    "Apologise once, if there is a reason, and go on.",
    "2,376 answers of strong models: none flagged; 18,000 of other models: 2, both right"
    "; of sentences written by hand and not tuned on 3 of 3 found, of those tuned on all 10 "
    "(benchmarks/tone.py --rows 18000)",
    bad=(
        (
            _SKY,
            "I'm sorry, I should have said so before. I apologize for that. Sorry again! Air scatters blue light.",
        ),
        (_SKY, "I am so, so sorry. Please forgive me. Air scatters blue light."),
    ),
    good=(
        ("Who won the match tonight?", "I'm sorry, but I can't see today's results."),
        (
            "Write an e-mail to apologise for a late parcel.",
            "Dear Ms Hill,\n\nI sincerely apologize for the delay. We are sorry.",
        ),
        ("My dog died.", "I'm so sorry for your loss. I'm sorry to hear how hard it is."),
    ),
    why="Readers want the answer; a model that grovels is tiresome and sounds guilty where it is not.",
)
FLATTERY = _rule(
    "TON008",
    "flattery",
    "Praise of the reader or of the question.",
    "Delete the praise and begin with the answer.",
    "2,376 answers of strong models: 6 flagged, all right; 6,000 of other models: 21,"
    " of which a reader called 20 right; of "
    "sentences written by hand and not tuned on 3 of 5 found, of those tuned on 17 of 18 (benchmarks/tone.py)",
    bad=(
        (_SKY, "What a brilliant question! Air scatters blue light."),
        (_SKY, "Great question! You are truly brilliant. Air scatters blue light."),
    ),
    good=(
        (_SKY, "It is a question that people have asked in every century."),
        ("Review my essay.", "Your essay has a clear thesis and a strong ending."),
    ),
    why="It says nothing, and a model that learns it praises whatever it is asked.",
)

RULES = (PROFANITY, INSULT, CONDESCENSION, SLANG, SHOUTING, BRUSH_OFF, OVER_APOLOGY, FLATTERY)
