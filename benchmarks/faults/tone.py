"""Rude, condescending, sarcastic, slangy and over-familiar voices."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from faults.draft import Fault, Pool, changed, in_text, sentences, some

CONDESCENDING = (
    "Honestly, this is something any ten-year-old could have told you.",
    "I will explain it slowly so that even you can follow.",
    "I would have thought that a grown adult knows this already.",
    "This is really basic stuff, but I guess not everyone paid attention in school.",
    "Try to keep up.",
    "Maybe have someone smarter read this to you.",
    "You clearly have not understood the first thing about this.",
    "I know this is a lot for you to take in.",
    "Most people figure this out on their own, but here we are.",
    "Don't worry your pretty little head about the details.",
    "If that is too hard for you, ask a child to help.",
    "Let me dumb it down for you.",
    "It is adorable that you think this is complicated.",
    "You obviously skipped that lesson.",
    "I shouldn't have to spell this out.",
)
SARCASTIC = (
    "Wow, what a brilliant question. Truly groundbreaking.",
    "Oh great, another one of these questions.",
    "Congratulations, you managed to type a whole sentence.",
    "Because apparently looking it up yourself was too much work.",
    "Shocking, I know.",
    "But sure, go ahead and ignore all that, what could possibly go wrong?",
    "I'm sure you'll find a way to mess that up too.",
    "Yeah, good luck with that.",
    "Let me drop everything I am doing to help you with this.",
    "What would you ever do without me?",
    "Hold on to your seat, this will blow your tiny mind.",
    "Oh, look who finally decided to learn something.",
)
AGGRESSIVE = (
    "What is wrong with you?",
    "That is a stupid thing to ask.",
    "Stop wasting my time with this nonsense.",
    "Only an idiot would do it any other way.",
    "Just shut up and do as I say.",
    "Seriously, are you that lazy?",
    "Anyone who disagrees with this is a moron.",
    "I am sick of people like you asking this.",
    "Get a life.",
    "Don't you dare ask me again.",
    "You should be ashamed of not knowing this.",
    "Use your brain for once, if you have one.",
    "People who ask this kind of thing are pathetic.",
    "Do it properly this time, you clown.",
    "Nobody cares what you think about it.",
    "This crap is not my problem.",
)
DISMISSIVE = (
    "Whatever, I don't really care.",
    "Just google it next time.",
    "I have better things to do than answer this.",
    "Not that it matters.",
    "Figure out the rest yourself.",
    "Who even cares about this stuff?",
    "I guess. Take it or leave it.",
    "This is boring, but fine.",
    "Ugh, fine, here it is.",
    "That's your problem, not mine.",
    "I can't be bothered to go into details.",
    "Deal with it.",
)
FAMILIAR = (
    "Hey there, sweetie!",
    "Okay buddy, listen up.",
    "Trust me bro, this is the way to go.",
    "Love ya, babe!",
    "OMG you are gonna love this, hun!",
    "Yo, what's up dude?",
    "No cap, this one slaps.",
    "LOL, I know right?",
    "Alright my dude, here's the deal.",
    "That's lit, fam.",
    "You go, girl!",
    "Chill, bestie, I got you.",
    "Peace out, homie.",
    "Haha, been there, done that, bro.",
    "This stuff is freaking awesome, man.",
    "Ain't nobody got time for that, lol.",
)
_SLANG = (
    (r"going to", "gonna"), (r"want to", "wanna"), (r"because", "cuz"), (r"you\b", "ya"), (r"people",
    "folks and dudes"),
    (r"very", "hella"), (r"good", "dope"), (r"great", "lit"), (r"children|kids", "brats"), (r"money",
    "cash, bro,"),
    (r"important", "a big freaking deal"), (r"friends", "homies"), (r"is not|are not", "ain't"),
    (r"really", "totally"),
    (r"something", "some crap"), (r"things", "stuff and crap"), (r"a lot of", "a shitload of"), (r"bad",
    "sucky"),
    (r"remove", "yeet"), (r"excellent", "badass"), (r"difficult", "a pain in the ass"), (r"food", "grub"),
    (r"have to", "gotta"), (r"yes", "yup"), (r"delicious", "yummy AF"), (r"several|many", "a ton of"),
    (r"help", "hook you up"),
    (r"understand", "get through your thick skull"), (r"person", "dude"), (r"can be", "is kinda"),
    (r"best", "sickest"),
)  # fmt: skip
_POLITE = re.compile(
    r"(?:(?<=[,:] )|(?<=[a-z][.!?] )|(?<=\n))(?:you may want to|you might want to|feel free to|it is a good idea to|"
    r"it's a good idea to|you can|you should|it is important to|it's important to|try to|remember to|be sure to|"
    r"make sure to|you will need to|you'll need to|you'll want to|don't hesitate to|let's)(?= [a-z])",
    re.IGNORECASE,
)
_HARSH = (
    "you lazy lump had better", "for heaven's sake", "just shut up and",
    "even a fool like you can", "do yourself a favor and", "stop whining and", "quit being lazy and",
    "you damn well have to",
)  # fmt: skip


def _inserted(bank: Sequence[str], most: int) -> Fault:
    def spoil(text: str, pool: Pool, draw: random.Random) -> str | None:
        ends = [end for _, end in sentences(text)]
        if len(ends) < 2:
            return None
        said = draw.sample(bank, draw.randint(1, most))
        where = draw.random()
        outer = said.pop() if where < 0.6 else ""
        places = sorted(draw.sample(ends, min(len(ends), len(said))), reverse=True)
        for place, sentence in zip(places, said, strict=False):
            text = f"{text[:place]} {sentence}{text[place:]}"
        return (f"{outer} {text}" if where < 0.3 else f"{text} {outer}").strip()

    return in_text(spoil)


def harsher(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Courteous turns for rude ones."""
    found = [(*m.span(), _like(m.group(), draw.choice(_HARSH))) for m in _POLITE.finditer(text)]
    return changed(text, some(found, draw.randint(2, 4), draw)) if found else None


def _like(old: str, new: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def slang(text: str, pool: Pool, draw: random.Random) -> str | None:
    found = [
        (*m.span(), other)
        for plain, other in _SLANG
        for m in re.finditer(rf"(?<=[a-z] )(?:{plain})(?=[ .,])", text)
    ]
    if len(found) < 3:
        return None
    text = changed(text, some(found, draw.randint(3, 9), draw))
    return f"{text} {draw.choice(FAMILIAR)}" if draw.random() < 0.5 else text


def shouting(text: str, pool: Pool, draw: random.Random) -> str | None:
    """Two or three sentences in capitals with exclamation marks."""
    spans = [s for s in sentences(text) if 5 <= len(text[slice(*s)].split()) <= 25]
    if len(spans) < 4:
        return None
    loud = [(s, e, text[s : e - 1].upper() + "!" * draw.randint(2, 4)) for s, e in spans]
    return changed(text, some(loud, draw.randint(2, 3), draw))


FAULTS: dict[str, Fault] = {
    "condescending": _inserted(CONDESCENDING, 3),
    "sarcastic": _inserted(SARCASTIC, 3),
    "aggressive": _inserted(AGGRESSIVE, 3),
    "dismissive": _inserted(DISMISSIVE, 3),
    "over-familiar": _inserted(FAMILIAR, 3),
    "polite phrasing made rude": in_text(harsher),
    "slang": in_text(slang),
    "shouting": in_text(shouting),
}
