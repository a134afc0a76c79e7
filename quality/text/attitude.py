"""How a sentence meets its reader: with scorn, with familiarity, or with talk about the talk.

`manners` finds whole phrases that are surely rude. Here single words and turns add up, so that rudeness without a known
phrase shows; that is evidence for a reader who compares two versions, and too weak to flag a text by. Linear in the
text: every repetition is bounded.

Known limits. English alone; the cues are words, so irony in plain words is not seen.

Source: written for this project from what style guides for customer service and for chat assistants forbid.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from quality.prompt.scope import lower
from quality.text.manners import expressions, shouting
from quality.text.profanity import swears

MAX_CHARACTERS = 4_000
"""Of a sentence that are read."""
MOST_TURNS = 2
"""Turns of one weight that count in a sentence."""
SURE = 2.0
"""What a phrase of `manners` counts."""

_WORDS: Mapping[float, str] = {
    1.0: "stupid dumb idiot idiots idiotic moron morons moronic pathetic clueless worthless loser losers clown"
    " dummy imbecile dimwit nitwit duh ugh pfft jeez geez sheesh meh yawn blah lol lmao dude bro bruh homie yo"
    " sup xoxo gonna wanna gotta gimme lemme kinda sorta dunno ain't y'all nah hella yall cuz u ur thx plz omg"
    " wtf tbh idk smh whining whine whiny moaning brainless witless gullible ridiculous laughable",
    0.6: "lazy silly absurd nonsense foolish ignorant hopeless useless ashamed shameful embarrassing embarrassed"
    " brain brains babysit excuses hate sick bored boring annoying annoyed waste wasting wasted crap hell damn"
    " dull drama seriously honestly frankly obviously whatever yeah yep yup nope bravo congratulations"
    " congrats genius einstein captain sherlock sigh wow huh ha haha hey spoon-feed spoonfeed hugs"
    " pretty-please smarter dumber careless selfish arrogant naive incompetent sloppy clumsy spoiled pestering"
    " pester nagging gullible stubborn childish paranoid crazy insane freaking weirdo dare quit complaining"
    " complain bother bothering bothered pretend sucks suck junk garbage rubbish trash hurry grown-up grownup"
    " spare rude patience",
    0.3: "clearly apparently supposedly surely oh well awesome cool totally super stuff literally basically"
    " somehow tiny cares care job google simple basic easy child kid kids kindergarten grandmother toddler"
    " baby sense common rocket fault blame wrong problem faster fail failed failing mess busy tired luck slow"
    " slowly hard help even still finally again bad terrible awful horrible worse worst never please just"
    " really too",
}  # fmt: skip
_TURNS: Mapping[float, str] = {
    1.0: r"(?:^|[,.!?] |\b(?:hey|listen|look|ok|okay|sorry|well|no|yes|oh|there|my) )(?:my )?(?:honey"
    r"|hon|sweetie|sweetheart|darling|babe|dear|buddy|pal|mate|kiddo|champ|fam|chap|matey|my friend|guys|folks|dude|bro"
    r"|genius)(?=[,.!?]|$)"
    r"|\bwho cares\b|\bi (?:really |honestly |just )?(?:don't|do not|couldn't) care\b"
    r"|\bpeople like you\b|\bnot my (?:job|problem)|\bfigure it out\b|\bdeal with it\b|\bgrow up\b"
    r"|\bget over\b|\bstop (?:being|asking|wasting|whining|complaining)\b"
    r"|\bwhat(?:'s| is) wrong with you\b|\bwhat did you expect\b"
    r"|\btry (?:reading|thinking|looking|listening|using)\b|\bof course you\b|\bisn't it obvious\b"
    r"|\bas if\b[^.!?]{0,40}[.!?]|\byou people\b|\bshut up\b|\bcalm down\b"
    r"|\bi(?:'ve| have) better things\b|\bgood luck with\b|\bmake it quick\b|\bno wonder\b"
    r"|\bonly have yourself\b",
    0.6: r"\byou (?:should|ought to|must|really should|would|could) (?:really |already |probably |at least )?"
    r"(?:know|have known|be able)\b"
    r"|\byour (?:own )?(?:fault|problem|mistake|mess|ignorance|laziness|time|question|little)\b"
    r"|\beven (?:a|an|my|your|you)\b"
    r"|\b(?:any|every)(?:one|body| \w+) (?:could|can|would|should|knows?)\b"
    r"|\b(?:don't|do not) (?:even |you )?(?:bother|dare|ask|expect)\b"
    r"|\b(?:are|can't|couldn't|don't|didn't|have|haven't|did|do) you\b[^.!?]{0,60}\?"
    r"|\byou (?:clearly|obviously|apparently|just|people|lot)\b"
    r"|\btoo (?:lazy|hard|stupid|difficult|much|complicated) for\b"
    r"|(?<!if )(?<!when )(?<!what )(?<!that )(?<!thing )\byou (?:don't|do not|can't|cannot|won't|never|still) "
    r"|\bi (?:can't|cannot) believe\b|\bi (?:don't|do not|won't) (?:have time|want|feel|see why)\b"
    r"|\bhow (?:hard|difficult) \w+ it\b|\b(?:really|seriously|honestly)\?"
    r"|\bgo (?:away|and|ask|read|find)\b|\bsome people\b|\blike you\b|\bi guess\b|\bif you ask me\b",
    0.5: r"\byou\b[^.!?]{0,60}\b(?:right|do you|don't you|aren't you|can you|will you|would you|okay|ok|huh)\?"
    r"|\b(?:not that|no,|well,|so,|but) (?:i|you)\b"
    r"|\b(?:ever|even|you never|haven't you) (?:heard|thought|tried|considered|wondered)\b"
    r"|\b(?:never|hardly|barely|nobody|no one)\b[^.!?]{0,50}\byou(?:r|'re|'d|'ll|'ve)?\b"
    r"|(?<!if )(?<!when )\byou(?:r|'re|'d|'ll|'ve)?\b[^.!?]{0,40}\b(?:never|hardly|barely|nothing)\b"
    r"|\b(?:stop|quit|enough|spare|save) (?:me|us|the|your|it|with|this|that|\w+ing)\b"
    r"|\bi (?:expect|suppose|assume|doubt|bet|imagine) (?:you|that|it)\b"
    r"|\b(?:could|can|would) (?:manage|do|figure|handle|tell|have told|have figured)\b"
    r"|\bmy (?:time|patience)\b|\bremember (?:any|this|it)\b",
    0.3: r"!|\?|\byou(?:r|'re|'ve|'d|'ll)?\b|\bi(?:'m|'ve|'d|'ll)?\b|\b(?:maybe|perhaps) you\b|\.\.\.|…"
    r"|\byourself\b",
}
_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]|(?<!\w)[:;]-?[()DPp](?!\w)")
_TALK = re.compile(
    r"\b(?:let me|let's|i(?:'d| would|'ll| will|'m| am|'ve| have) |i (?:hope|think|must|can|could|should"
    r"|personally|believe|want)"
    r"|feel free|(?:your|this|the|a|that|such a) (?:\w+ )?(?:question|query|request|topic|answer|subject"
    r"|inquiry)\b|you(?:'ve| have)? asked|asking"
    r"|before (?:we|i|diving|getting|answering|going)|dive|delve|without further ado|(?:important|worth"
    r"|interesting) (?:to |it to )?"
    r"(?:note|noting|mention\w*|point\w*|remember\w*|consider\w*)|as (?:you|we) (?:may|might|probably|all"
    r"|can|know|mentioned)"
    r"|in (?:conclusion|summary|short|essence|other words|today's)|to (?:sum|summari[sz]e|conclude|recap"
    r"|begin with|start with)|all in all"
    r"|needless to say|goes without saying|at the end of the day|fun fact|speaking of|by the way|reminds me"
    r"|on a side note"
    r"|that being said|so to speak|as an? (?:ai|assistant|language model)|here(?:'s| is| are)|below (?:is"
    r"|are|you)|thank you for|thanks for"
    r"|happy to|glad (?:to|you)|hope (?:this|that|it)|let me know|any (?:other|more|further) questions|reach"
    r" out|good luck|happy \w+ing"
    r"|further (?:help|assistance|information)|when it comes to|throughout (?:history|the ages)|people"
    r" (?:often|have|always) (?:wonder|ask|say)"
    r"|fascinating|interesting(?:ly)?|remarkable|truly|indeed|certainly|absolutely|of course|sure)\b"
)


@cache
def _weights() -> dict[str, float]:
    return {word: weight for weight, listed in _WORDS.items() for word in listed.split()}


@cache
def _patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern)) for weight, pattern in _TURNS.items())


def _low(text: str) -> str:
    return lower(text[:MAX_CHARACTERS]).replace("’", "'")


def discourtesy(text: str, words: Collection[str], *, without: Collection[str] = ()) -> float:
    """How much in a sentence speaks down to its reader, brushes them off, or is too familiar; 0 for nothing.

    A sum of cues: below 1 nothing is said, from 1 on it is likely, at `SURE` it holds a phrase that is rude anywhere.

    Args:
        text: The sentence.
        words: Its words in small letters.
        without: Words that count for nothing, such as those that the other version of the text has too.
    """
    low = _low(text)
    listed = _weights()
    found = sorted((listed[w] for w in set(words) if w in listed and w not in without), reverse=True)
    strong = sum(weight for weight in found if weight > 0.3)
    turns = [weight * min(MOST_TURNS, len(pattern.findall(low))) for weight, pattern in _patterns()]
    strong += sum(turns[:-1])
    if _is_sure(text[:MAX_CHARACTERS], low):
        return SURE + strong
    strong = max(0.0, strong - _kindness(low))
    weak = min(0.6, 0.3 * sum(weight <= 0.3 for weight in found)) + min(0.6, turns[-1])
    emoji = 0.3 if _EMOJI.search(low) else 0.0
    return min(0.95 * SURE, strong + (weak + emoji if strong else 0.5 * weak + emoji))


def _is_sure(text: str, low: str) -> bool:
    if any(tone not in ("apology", "grovelling", "flattery") for tone, _, _ in expressions(low)) or swears(
        low
    ):
        return True
    return any(amount >= 3 for _, _, _, amount in shouting(text))


_KIND = re.compile(
    r"\b(?:hope|glad|happy|pleased|delighted|welcome|wonderful|love|enjoy|thank|thanks|hesitate|feel free"
    r"|favou?rite|curious|excited"
    r"|fascinating|beautiful|appreciate|help you|helpful|assist|assistance|please let|let me know|reach out"
    r"|best of luck|journey|together)\b"
)


def _kindness(low: str) -> float:
    return 0.6 * min(3, len(_KIND.findall(low)))


def is_kind(text: str) -> bool:
    """Whether a sentence has words of courtesy or of delight."""
    return _KIND.search(_low(text)) is not None


def small_talk(text: str) -> int:
    """How many turns in a sentence speak of the talk itself: of the question, the answer, the two who talk."""
    return len(_TALK.findall(_low(text)))
