"""Courtesies that carry nothing: what stands before the answer begins ("Certainly! I'd be happy to help.") and after it
has ended ("I hope this helps!").

Only whole phrases of a closed grammar count, so that what is taken away says nothing about the matter. An opening that
names what follows ("Here are five tips for better sleep:") carries content. Every repetition is bounded, and only the
ends of a text are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_REACH = 420
"""Code points that one phrase and the white space around it may take."""

_YES = (
    r"(?:certainly|sure(?: thing)?|of course|absolutely|definitely|gladly|with pleasure"
    r"|my pleasure|no problem(?: at all)?|okay|ok"
    r"|alright|all right|got it|understood|yes, of course|yes, certainly|yes, absolutely"
    r"|yes, sure|by all means|happy to help"
    r"|glad to help|glad you asked|you got it|great|perfect|awesome|excellent"
    r"|wonderful|very well|indeed|noted|thanks for asking"
    r"|thank you for asking|roger that)"
)
_ME = r"(?:i|we)"
_GLAD = (
    r"(?:more than |very |so |really |always |absolutely |only too )?(?:happy|glad"
    r"|delighted|pleased|thrilled|excited|eager|ready|here)"
)
_HELP = (
    r"(?:help|assist|provide|give|share|explain|guide|answer|support|create|write"
    r"|offer|walk|show|craft|generate|do|suggest|lend|come up|make|design|prepare"
    r"|put together|teach|tell|clarify|break|shed|elaborate|describe|discuss)"
)
_ABOUT = (
    r"(?:(?!\b(?:without|but|though|however|unless|only|instead|can't|cannot|except|because|if)\b)[^.!:;\n])"
)
_OFFER = (
    rf"(?:{_ME}(?:'d| would|'ll| will|'m| am|'re| are)(?: be)? {_GLAD} to (?:be of (?:help"
    rf"|service|assistance)|(?:\w+ )?{_HELP}\b{_ABOUT}{{0,160}})"
    rf"|{_ME}(?: can|'ll| will| could|'d love to| would love to)(?: definitely"
    rf"| certainly| surely| gladly| happily| absolutely)? (?:help|assist)(?: you)?(?:"
    rf" out)?(?: (?:with|in|on|to|by|find|understand|create|write|get|plan|make"
    rf"|choose)\b{_ABOUT}{{0,140}})?"
    r"|let me (?:help|assist)(?: you)?(?: out)?(?: (?:with|in) [^.!:;\n]{0,80})?"
    r"|(?:happy|glad|delighted) to (?:help|assist)(?: you)?(?: out)?(?: (?:with|in) [^.!:;\n]{0,80})?"
    r"|(?:thanks|thank you)(?: so much| very much)? for (?:(?:your|the|this|asking"
    r"|reaching out|providing|sharing|contacting|trusting|coming|using)(?:,? (?:\w+"
    r" ){0,2}(?:question|request|message|inquiry|query|prompt|instructions?|information"
    r"|details|context|me|out|to me|this|that|the \w+|your \w+)){0,2})"
    r"|here you go|here it is|here's what you asked for|here's (?:the|my) (?:answer"
    r"|response)(?: to your (?:question|query|request|prompt))?"
    r"|here is (?:the|my) (?:answer|response)(?: to your (?:question|query|request|prompt))?|as (?:you )?requested)"
)
_GREETING = (
    r"(?:hello|hi|hey|greetings|good (?:morning|day|afternoon|evening))(?: there"
    r"| everyone| friend| dear (?:user|friend))?"
)
_END = r"(?:[!.]{1,3}(?![\w.])|:(?=\s*\n))(?:[ \t]*(?:😊|🙂|😀|😄|👋|🌟|✨|🎉))?"
_OPENING = re.compile(
    rf"\s{{0,20}}(?:(?P<greeting>{_GREETING})(?:{_END}|,(?=\s*(?:{_YES}|{_OFFER})))"
    rf"|(?P<yes>{_YES})(?:,? (?P<then>{_OFFER}))?(?P<yes_end>{_END}|,(?=\s)|\s?[—–-](?=\s))"
    rf"|(?P<offer>{_OFFER}){_END})",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"\s{0,4}(?:here(?:'s|’s| is| are)|below (?:is|are)|the following|this is"
    r"|these are|i(?:'ve|’ve| have) \w+|let(?:'s|’s| us)|i(?:'ll|’ll| will))\b",
    re.IGNORECASE,
)

_MORE = (
    r"(?:any |more |any more |any other |any further |further |other |additional "
    r"|some |any additional |any specific |specific |follow-?up )?"
)
_MATTERS = (
    r"(?:questions?|concerns?|queries|doubts?|inquiries|requests?|issues?|problems?"
    r"|feedback|thoughts?|comments?|changes|help|assistance|information|clarifications?"
    r"|details?|explanations?|examples?|adjustments?|modifications?|revisions?|support"
    r"|guidance|suggestions?|ideas?|tips|recommendations?|preferences)"
)
_NEED = (
    r"(?:you (?:have|need|want|require|would like|'d like)|you've got|there(?:'s"
    r"| is| are)|i can|we can)[^.!?\n]{0,140}"
)
_ASK_ME = (
    r"(?:let (?:me|us) know|feel free to (?:ask(?! for\b)|reach out|contact|let me know|message"
    r"|get in touch|share)|(?:please )?(?:don't|do not) hesitate to (?:ask(?! for\b)|reach out"
    r"|contact|let|get in touch|share)|(?:just|simply|please) (?:ask|let me know"
    r"|reach out|say so)|i(?:'m| am)(?: always| just)? (?:here|happy|glad|available"
    r"|more than happy|only a message)(?: to (?:help|assist|answer|provide|clarify"
    r"|elaborate|explain))?|i(?:'d| would| will|'ll) be (?:more than |very )?(?:happy"
    r"|glad) to (?:help|assist|answer|provide|clarify|elaborate|explain|make))"
)
_CLOSING_SENTENCE = (
    rf"(?:i (?:really |sincerely |truly )?hope (?:this|that|these|it|the|my|you (?:find"
    rf"|found|enjoy|like|enjoyed)|your)\b[^.!?\n]{{0,140}}(?:help|useful|clarif"
    rf"|enjoy|like|answer|informative|satisf|understanding|insight|inspir|give you"
    rf"|provide|interesting|what you|meets|gives you"
    rf"|good start|idea|need)[^.!?\n]{{0,100}}"
    rf"|hope (?:this|that|these|it) [^.!?\n]{{0,30}}(?:help|useful|clarif|answer)\w*[^.!?\n]{{0,60}}"
    rf"|(?:and |but |as always,? |also,? |so |please,? |just )?{_ASK_ME}(?=[ .!,?])[^.!?\n]{{0,180}}"
    rf"|if {_NEED}(?:feel free|let me know|{_ASK_ME}|just ask|i can (?:help|assist|provide|also))[^.!?\n]{{0,120}}"
    rf"|is there anything (?:else|specific|more|in particular) (?:i can|you(?:'d"
    rf"| would) like (?:me|help|to know|to ask)|you need|you want|that i)[^.!?\n]{{0,100}}"
    rf"|(?:do|did) you (?:have|need) (?:{_MORE}){_MATTERS}[^.!?\n]{{0,80}}"
    rf"|(?:would you like|do you want) me to [^.!?\n]{{2,140}}"
    rf"|(?:how|what) (?:else )?(?:can|may|could) i (?:help|assist|do)(?: (?:you"
    rf"|for you))?(?: (?:with|today|further|else|any)\b[^.!?\n]{{0,60}})?"
    rf"|(?:thanks|thank you)(?: (?:so|very) much)? for (?:asking|your (?:question"
    rf"|request|inquiry|interest|time|attention|understanding|patience)|reading"
    rf"|listening|using|reaching out)[^.!?\n]{{0,60}}"
    rf"|(?:i'm|i am) (?:always )?here (?:to help|if you need|for you|whenever)[^.!?\n]{{0,80}}"
    rf"|(?:best of luck|good luck) (?:and )?(?:feel free|let me know)[^.!?\n]{{0,80}})"
)
_CLOSING = re.compile(
    rf"(?P<gap>(?:^|(?<=[.!?:)\]*_`\"”…])(?<!\n\d\.)(?<!\n\d\d\.) |\n)[ \t]{{0,4}}(?:-{{3,}}\s{{1,4}}"
    rf"|\*{{3,}}\s{{1,4}})?[*_]{{0,2}})(?P<said>{_CLOSING_SENTENCE})(?:[.!?]{{1,3}}"
    rf"|$)(?:[ \t]{{0,2}}(?:😊|🙂|😀|😄|👋|🌟|✨|🎉|🍀|😉)){{0,3}}[*_]{{0,2}}\s{{0,20}}\Z",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(
    r"\b(?:which|what kind|what type|where|when you|what (?:specific|you)|please (?:provide"
    r"|share|specify)|could you|can you|the (?:text|article|sentence|clues?|details"
    r"|passage)|so (?:that )?i can|and i(?:'ll|’ll| will| can)|then i)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A stretch at one end of a text that carries nothing.

    Attributes:
        end: For an opening, where the answer begins; for a closing, the end of the text.
        agrees: Whether it opens with a bare yes ("Absolutely!"), which may be the answer to a question.
        greets: Whether it is a greeting and no more.
        frames: Whether what follows an opening presents a text ("Here is …").
        offers: Whether it offers something of substance ("Would you like me to add prices?") or asks what is wanted.
    """

    start: int
    end: int
    agrees: bool = False
    greets: bool = False
    frames: bool = False
    offers: bool = False


def opening(text: str) -> Courtesy | None:
    """The empty courtesies that a text begins with, up to where the answer begins; None without any."""
    start = at = len(text) - len(text.lstrip())
    agrees, greets = False, True
    while match := _OPENING.match(text[at : at + _REACH].replace("’", "'")):
        agrees = agrees or bool(match["yes"] and not match["then"])
        greets = greets and bool(match["greeting"])
        at += match.end()
        while at < len(text) and text[at].isspace():
            at += 1
    if at == start or at >= len(text):
        return None
    return Courtesy(start, at, agrees=agrees, greets=greets, frames=bool(_FRAME.match(text, at)))


def closing(text: str) -> Courtesy | None:
    """The empty courtesies that a text ends with, from where the answer has ended; None without any."""
    end, offers = len(text), False
    while match := _last_phrase(text[:end] if end < len(text) else text):
        at, said = match
        if _ASKS_BACK.search(said):
            break
        end = _without_stray(text, at)
        offers = offers or said.lower().startswith(("would you", "do you want", "how ", "what "))
    if end == len(text):
        return None
    return Courtesy(end, len(text), offers=offers)


def _last_phrase(text: str) -> tuple[int, str] | None:
    """The courtesy that is the last sentence of a text: where it starts, and what it says."""
    offset = max(0, len(text) - _REACH)
    tail = text[offset:].replace("’", "'")
    for start in reversed(list(_SENTENCE_STARTS.finditer(tail))):
        found = _CLOSING.match(tail, start.start())
        if found:
            return offset + found.start(), found["said"]
    return None


_SENTENCE_STARTS = re.compile(r"(?<=[.!?:)\]*_`\"”…]) (?=[A-Za-z*_])|\n(?=[ \t]{0,4}\S)|\A(?=\S)")
_STRAY_LINE = re.compile(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*\Z")


def _without_stray(text: str, end: int) -> int:
    """Where the text before `end` ends, without white space and a rule of dashes."""
    kept = text[max(0, end - 200) : end].rstrip()
    kept = _STRAY_LINE.sub("", kept).rstrip()
    return max(0, end - 200) + len(kept)
