"""Too many words for what is said, and too few."""

from __future__ import annotations

import random
import re

from faults.draft import Answer, Draft, Fault, Pool, changed, decapitalised, in_text, items, sentences, some

_OPENINGS = (
    "What a wonderful question! I am so glad that you asked, because this is something that many people "
    "wonder about.",
    "Thank you so much for reaching out with this question. I am more than happy to help you with it today.",
    "Great question! Before we get started, let me say that this is a very interesting topic with a lot to it.",
    "Well, that is certainly something worth thinking about, and I am delighted to share my thoughts with you.",
    "I'm really excited to talk about this! It is one of my favorite topics, so let's dive right in, shall we?",
    "First of all, I would like to start by saying that I appreciate the time you took to write to me.",
    "Of course! I would be absolutely thrilled to be of help. Let us take a look at your request together, "
    "step by step.",
    "Sure thing! There is a great deal that could be said here, so please bear with me while I gather my "
    "thoughts.",
    "Thanks for asking! You have come to the right place. In the following, I will do my very best to "
    "answer you.",
)
_CLOSINGS = (
    "I really hope that this answer was helpful to you in some way. If there is anything else that you "
    "would like to know, "
    "please do not hesitate to ask, as I am always here and always glad to help!",
    "And there you have it! I hope you enjoyed reading this as much as I enjoyed writing it. Do let me know "
    "how it goes!",
    "So, all in all, to sum it all up, that is more or less what there is to say about it. Thank you for "
    "reading this far!",
    "I wish you all the best and a truly wonderful day. Feel free to come back any time with more "
    "questions, big or small!",
    "Please let me know if you would like me to go into more detail, or into less, or to look at it from "
    "another angle.",
    "That was a lot, I know! But I think it was worth it, don't you? Have fun, take care, and all the best "
    "to you.",
    "Anyway, those were my two cents on the matter. Was this what you were looking for? I would love to "
    "hear from you!",
)
_PADDING = (
    "There is, of course, a lot more that one could say about this.",
    "As one can imagine, this is a point on which a great many things have been said over the years.",
    "It goes without saying that everybody is different and that every case is its own case.",
    "Now, this may seem obvious at first, but it is worth taking a moment to let it sink in.",
    "When all is said and done, it is what it is, and that is worth keeping in mind.",
    "This is something that I find really quite fascinating when I think about it.",
    "At this point you may be asking yourself what comes next, so let us move on to that.",
    "Needless to say, this is neither the first nor the last word on the subject.",
    "Of course, it all depends on how you look at it, as is so often the case in life.",
    "But let us not get ahead of ourselves here; we will come to the rest in due course.",
    "I could go on and on about this, and believe me, I am tempted to.",
    "All of this is to say that there are many things to think about when one thinks about it.",
    "With that being said, and having made that clear, we can now turn to what follows.",
    "It is always nice to know these kinds of things, whatever one may use them for in the end.",
)
_DIGRESSIONS = (
    "This reminds me of a story about a farmer who went to market with three hens and came home with a "
    "goat. The goat, as it "
    "turned out, liked nothing better than to stand on the roof of the barn and look at the clouds. But I "
    "digress.",
    "Speaking of which, did you know that the weather used to be a favorite subject of conversation in "
    "coffee houses? People "
    "would spend whole afternoons on it. It is funny how little some things change.",
    "By the way, a neighbor once told me that the best ideas come under the shower. I am not sure about "
    "that, but it is a "
    "nice thought, and it shows how much our surroundings shape what goes on in our heads.",
    "On a side note, autumn is my favorite season, with all those leaves and the smell of apples in the "
    "air. There is nothing "
    "quite like a walk in the park with a warm scarf on. But back to the topic.",
    "I once read in a magazine that cats sleep for most of the day, which makes one wonder who is really "
    "the cleverer one. "
    "Be that as it may, it is a charming thing to think about while we are at it.",
    "Funnily enough, the word holiday comes from holy day, and in the old days people had many more of them "
    "than one would "
    "think. It must have been a merry time, at least on the feast days. Anyway, where were we?",
)
_FILLERS = (
    "as a matter of fact, ", "it is worth pointing out at this juncture that ",
    "generally speaking and by and large, ",
    "needless to say, ", "for what it's worth, ", "at the end of the day, ", "when it comes right down to it, ",
    "as you may or may not already know, ", "in my humble opinion, ", "it has to be said that ",
    "all things considered, ",
    "believe it or not, ", "to be perfectly honest with you, ", "to make a long story short, ",
    "basically, in essence, ",
    "what is more, and this should not be forgotten, ", "if you think about it for a moment, ",
    "to tell you the truth, ",
    "in this day and age, ", "for all intents and purposes, ", "as far as I can tell, ",
    "one might even go so far as to say that ",
)  # fmt: skip
_WORDY = (
    (r"because", "due to the fact that"), (r"many", "a large number of"),
    (r"can", "may very well be able to"), (r"if", "in the event that"), (r"now", "at this point in time"),
    (r"before", "prior to the time when"),
    (r"about", "with regard to the matter of"), (r"often", "on a great many occasions"), (r"but",
    "but then again, on the other hand,"),
    (r"important", "really quite extraordinarily important"), (r"use(?! of)", "make use of"), (r"when",
    "at such time as"),
    (r"is", "is, as it were,"), (r"very", "very, very much and truly"), (r"for", "for the purpose of"),
    (r"also", "also, in addition to that,"),
)  # fmt: skip
_CURT = ("Depends.", "Various things.", "A few ways.", "Hard to say.", "Several reasons.", "Practice.")
_CURT_YES = ("Yes.", "No.", "Sure.", "Sort of.", "Maybe.", "Yes, several.", "Not really.", "Depends.")
_QUESTION = re.compile(r"(?i)(?:hi, )?(?:is|are|do|does|did|can|will|should|how|why|what|tell me|explain)\b")
_CLOSED = re.compile(
    r"(?i)^(?:who|when|where|which|is|are|was|were|did|does|do|can|what "
    r"(?:is|are|was|year|color|language|does)|whats|how "
    r"(?:many|much|long|old|tall)|tell me|identify|decide|in billiards|antennas)\b[^\n]{0,120}$"
)
_LONG_WANTED = re.compile(
    r"(?i)\b(?:detail|explain|essay|step[- ]by[- ]step|list|write|describe|brief|short|words?|sentence)\b"
)


def _framed(text: str, draw: random.Random) -> str:
    part = draw.random()
    if part < 0.75:
        text = f"{draw.choice(_OPENINGS)}{draw.choice((' ', chr(10) * 2))}{text}"
    return text if 0.4 < part < 0.6 else f"{text}{draw.choice((' ', chr(10) * 2))}{draw.choice(_CLOSINGS)}"


def framed(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Courtesies before and after."""
    return f"{draw.choice(_OPENINGS)} {text}\n\n{draw.choice(_CLOSINGS)}"


def padded(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Sentences that say nothing."""
    ends = [end for _, end in sentences(text)]
    if len(ends) < 3:
        return None
    said = draw.sample(_PADDING, min(len(ends), draw.randint(3, 7)))
    for place, sentence in zip(sorted(draw.sample(ends, len(said)), reverse=True), said, strict=True):
        text = f"{text[:place]} {sentence}{text[place:]}"
    return _framed(text, draw) if draw.random() < 0.5 else text


def filled(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Fillers and long-winded turns."""
    spans = sentences(text)
    if len(spans) < 4:
        return None
    leads = draw.sample(_FILLERS, draw.randint(3, 6))
    places = draw.sample(spans, min(len(spans), len(leads)))
    leading = zip(places, leads, strict=False)
    text = changed(
        text, [(s, e, lead[0].upper() + lead[1:] + decapitalised(text[s:e])) for (s, e), lead in leading]
    )
    long = [
        (*m.span(), turn) for word, turn in _WORDY for m in re.finditer(rf"(?<=[a-z] ){word}(?= [a-z])", text)
    ]
    return changed(text, some(long, draw.randint(2, 7), draw))


def strayed(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Digressions."""
    ends = [end for _, end in sentences(text)]
    if len(ends) < 3:
        return None
    said = draw.sample(_DIGRESSIONS, draw.randint(1, 2))
    for place, story in zip(sorted(draw.sample(ends, len(said)), reverse=True), said, strict=True):
        text = f"{text[:place]} {story}{text[place:]}"
    return _framed(text, draw) if draw.random() < 0.4 else text


def long_winded(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """The long answer where a model gave both a long and a short one to a simple question."""
    instruction, long, short = draw.choice(pool.concise)
    return Draft(instruction, long, short)


def simple(instruction: str) -> bool:
    """Whether a line or two answers the prompt."""
    return bool(_CLOSED.search(instruction)) and not _LONG_WANTED.search(instruction)


def curt(answer: Answer, pool: Pool, draw: random.Random) -> Draft | None:
    """A few words where an explanation is wanted."""
    if len(answer.output.split()) < 80 or not _QUESTION.match(answer.instruction):
        return None
    heads = [re.split(r"[:.–]", re.sub(r"[*_]", "", item))[0].strip() for item in items(answer.output)]
    heads = [head for head in heads if 1 <= len(head.split()) <= 5]
    if heads and draw.random() < 0.7:
        said = draw.sample(heads, min(len(heads), draw.randint(1, 3)))
        return Draft(answer.instruction, ", ".join(said) + ".", answer.output)
    asked_yes = re.match(r"(?i)(?:is|are|do|does|did|can|will|should)\b", answer.instruction)
    return Draft(answer.instruction, draw.choice(_CURT_YES if asked_yes else _CURT), answer.output)


FAULTS: dict[str, Fault] = {
    "courtesies around": in_text(framed),
    "empty sentences": in_text(padded),
    "fillers": in_text(filled),
    "digressions": in_text(strayed),
    "long answer to a simple question": long_winded,
    "curt": curt,
}
