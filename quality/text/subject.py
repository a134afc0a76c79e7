"""What a prompt is about, as far as it decides which non-answers are right: harm, the assistant itself, the present
moment, pictures, and a text that it speaks of and does not hold.

Read from the instruction in lower case with straight apostrophes. Linear in the text.
"""

from __future__ import annotations

import re

from quality.model import Row
from quality.text.leftovers import lowered

_HARM = re.compile(
    r"\b(?:kill|murder|suicid|self-harm|bomb|explosiv|weapon|firearm|\bguns?\b|poison|drugs?\b|cocaine|heroin"
    r"|meth\b|hack(?:ing|er|ed)?\b"
    r"|crack(?:ing|ed)? (?:a |the )?(?:password|wifi|software)|malware|virus|phish|scam|fraud|steal|stolen"
    r"|theft|robb|launder"
    r"|counterfeit|forge(?:d|ry)?\b|illegal|unlawful|inappropriate|unethical|sex|porn|nude|naked|nsfw|erotic"
    r"|rape|racis|slurs?\b"
    r"|hate|hatred|nazi|terroris|tortur|abus|stalk|spy(?:ing)?\b|dox|blackmail|extort|bully|harass|insult|roast|cheat"
    r"|deceiv|trick\b|fake|bypass|jailbreak|torrent|pirate[ds]?\b|piracy|copyright|lyrics|social security"
    r"|credit card|passwords?\b"
    r"|overdose|attack|violen|gambl|evade|evasion|manipulat|uncensored|no restrictions|without (?:any )?restrictions"
    r"|ignore (?:all |your )?(?:previous|prior)|pretend(?:ing)? to be|while i am actually)"
)
_ASSISTANT = re.compile(
    r"\b(?:ai|a\.i\.|artificial intelligence|chat ?gpt|gpt|openai|(?:large )?language models?|llms?"
    r"|chat ?bots?|bots?|assistants?"
    r"|claude|bard|gemini|robots?|neural networks?|deep learning|machine learning|machines?|sentien\w*"
    r"|conscious\w*)\b"
)
_TO_ASSISTANT = re.compile(
    r"\b(?:are|did|were|have|had|would|will|do|can|could) you (?!(?:please|kindly|help|write|give|provide"
    r"|tell|explain|suggest|list"
    r"|make|create|generate|show|recommend|describe|come|design|find|compose|draft|rewrite|translate"
    r"|summari[sz]e|teach"
    r"|know|name|share|elaborate|recommend|do|me)\b)|\byou(?:'re| are) (?!given|provided|required|asked|to\b|going)"
    r"|\byour (?:opinion|thoughts?|favou?rite|experience|feelings?|name|view|age|gender|training|creator"
    r"|purpose|day)\b"
    r"|\bdo you (?:think|feel|like|believe|have|want|prefer|enjoy|remember|speak)|\byou(?:'ve| have) (?:read"
    r"|seen|worked|been|done)"
    r"|\bwhat are you\b|\bwho are you\b|\bhow are you\b|^\W{0,4}(?:hello|hi|hey)\b"
    r"|\bdo you know how to\b|^\W{0,4}(?:can|could|do) you (?:\w{1,20} ){1,3}\w{1,20} ?\?"
)
_MESSAGE = re.compile(
    r"\b(?:e-?mails?|letters?|messages?|memos?|invitations?|newsletters?|attach\w*|minutes)\b"
)
_PRESENT = re.compile(
    r"\b(?:today|now|nowadays|current(?:ly)?|latest|recent(?:ly)?|newest|upcoming|this (?:week|month|year)"
    r"|tomorrow|weather|news"
    r"|price|release date|how many days|so far|to date|still|yet|live|real[- ]time|20[2-9]\d|up[- ]to[- ]date"
    r"|trending|popular)\b"
)
_CHANGES = re.compile(
    r"\b(?:who(?:'s| is| are)|presidents?|minister|government|ceo|champions?|record|legal(?:ly|ity)?|laws?"
    r"|regulations?"
    r"|borders?|announce\w*|release\w*|how many|how much|population|statistics|trends?|rank\w*|most|best|top"
    r"|compan(?:y|ies)"
    r"|brands?|market|niches?|series|season|version|tools|list of)\b"
)
_UNREACHABLE = re.compile(
    r"https?://|www\.|\b(?:url|links?|web ?sites?|browse|internet|online|search|image|picture|photo|video"
    r"|audio|song|music|file"
    r"|attach\w*|download|upload|e-?mail me|call|remind|book (?:a|me)|order|set an? (?:alarm|timer)|physically)\b"
)
_PICTURE = re.compile(
    r"\b(?:draw|paint|sketch|generate|create|make|design|produce|show(?: me)?|give me|provide|send(?: me)?"
    r"|record|render|find)\b"
    r" (?:me )?(?:[\w'-]{1,20} ){0,4}?(?P<what>image|picture|photo(?:graph)?|drawing|painting|illustration"
    r"|logo|sketch|video"
    r"|animation|gif|audio|mp3|song file|recording|wallpaper|icon|screenshot|diagram|infographic|poster)s?\b"
    r"|^\W{0,4}(?:please |can you |could you )?(?P<draw>draw|paint|sketch) (?:me )?(?:an?|the|some|my)\b"
)
_IN_WORDS = re.compile(
    r"\b(?:ascii|svg|html|css|python|code|script|text|words|emoji\w*|unicode|latex|tikz|mermaid|matplotlib"
    r"|prompt|description"
    r"|describe|idea|ideas|concept|caption|title|storyboard|outline|topic|plan|turtle|canvas|dall-?e"
    r"|midjourney|list)\b"
)
_FAKE_PICTURE = re.compile(
    r"!\[[^\]\n]{0,200}\]\((?!data:)[^)\n]{1,500}\)"
    r"|\[(?:image|picture|photo|video|drawing|illustration|audio)(?: of| showing|:|\])[^\]\n]{0,120}\]?"
    r"|\bhere(?:'s| is| are) (?:the|an?|your|some|my) (?:[\w'-]{1,20} ){0,3}?(?:image|picture|photo(?:graph)?"
    r"|drawing|painting"
    r"|illustration|logo|sketch|video|animation|gif|audio|recording|wallpaper|icon|poster)s?\b"
    r"|\bi(?:'ve| have)? (?:just )?(?:drawn|drew|painted|sketched|created|generated|made|designed|recorded)"
    r" (?:the|an?|your|this) (?:[\w'-]{1,20} ){0,3}?(?:image|picture|photo|drawing|painting|illustration|logo"
    r"|sketch|video)\b"
    r"|https?://(?:i\.)?imgur\.com/\S{1,80}"
)

_THING = (
    r"(?:texts?|articles?|passages?|paragraphs?|sentences?|statements?|e-?mails?|letters?|reviews?|stor(?:y"
    r"|ies)|poems?|essays?"
    r"|documents?|reports?|conversations?|dialogues?|transcripts?|tweets?|posts?|abstracts?|papers?|tables?"
    r"|charts?|graphs?"
    r"|data(?:set)?|images?|pictures?|photos?|diagrams?|figures?|maps?|code|snippets?|functions?|programs?"
    r"|quer(?:y|ies)"
    r"|equations?|lists?|words?|numbers?|titles?|headlines?|quotes?|descriptions?|recipes?|questions?"
    r"|problems?|phrases?"
    r"|excerpts?|inputs?|contexts?|information|songs?|items?)"
)
_MISSING = re.compile(
    r"\bthe (?:given|following) (?:(?!(?:day|morning|night|evening|week|month|year|season|chapter|centur|set"
    r"|function|string|array|number|condition|criteria|constraint|order|time|point|range|format|rule)(?:s|y"
    r"|ies)?\b)[\w'-]{1,20})\b"
    r"|\b(?:you (?:are|have been|were) given|has been (?:given|provided))\b"
    rf"|\b(?:following|attached|given below|provided below|below) (?:[\w'-]{{1,20}} ){{0,2}}?{_THING}\b"
    rf"|\bthe (?:given|provided|supplied|attached) (?:[\w'-]{{1,20}} ){{0,2}}?{_THING}\b"
    rf"|\b{_THING} (?:(?:that (?:is|are) |which (?:is|are) )?(?:given |provided |shown |attached "
    rf"|listed )?below|attached|that follows?)\b"
    rf"|\bthis (?:text|article|passage|paragraph|sentence|e-?mail|review|poem|document|abstract|table|chart"
    rf"|graph|image|picture"
    rf"|photo|diagram|code|snippet|equation|excerpt|transcript)\b(?= ?[.:?!]*\s*$)"
)
_HELD = re.compile(r"[\"“”«»`]|:[ \t]*\S|\n[ \t]*\S|[=<>{}\[\]|]|https?://|\d+ ?[,;] ?\d+")
"""What a text that is spoken of stands in: quotation marks, after a colon, on a line of its own, in signs of code."""

_TRAILING = re.compile(r"[.?!]\s+[^.?!\n]{1,200}$")
"""A piece after the last sentence: "… for the given topic. Music theory"."""

_ASKS_FOR_INPUT = re.compile(
    r"\b(?:please (?:provide|share|paste|send|include|specify|give|supply|upload)|(?:could|can"
    r"|would) you (?:please )?(?:provide|share|paste"
    r"|send|specify|clarify|give me|tell me|let me know)|(?:did ?n[o']t|have ?n[o']t|did not|have not"
    r"|do ?n[o']t|do not) (?:see|provide"
    r"|include|attach|specify|share|mention|receive|have (?:access|the|any|enough|previous|a specific))"
    r"|not (?:been )?(?:provided|included|attached|given|specified|visible)"
    r"|(?:there (?:is|was|are) no|no (?:specific )?(?:text|image|article|context|information|input|address"
    r"|review|previous|prior)|without (?:the|more|any|knowing|seeing)|need (?:more|the|to (?:know|see))"
    r"|seems? (?:that |like )?you|missing|forgot|accidentally|provide (?:me with|the|more)|more (?:details"
    r"|context|information)))\b"
)


def whole(row: Row) -> str:
    """All that the user asked, earlier turns first, as the functions here read it."""
    return lowered("\n".join((*row.context, row.instruction)))


def is_sensitive(prompt: str) -> bool:
    """Whether declining may be the right answer: harm, crime, sex, others' rights."""
    return _HARM.search(prompt) is not None


def is_about_assistant(prompt: str) -> bool:
    """Whether it speaks of AI, or to the assistant about itself."""
    return _ASSISTANT.search(prompt) is not None or is_to_assistant(prompt)


def is_to_assistant(prompt: str) -> bool:
    """Whether it greets the assistant or asks what it is, thinks or can do."""
    return _TO_ASSISTANT.search(prompt) is not None


def is_message(prompt: str) -> bool:
    """Whether it speaks of a letter or message, whose writer may attach and send things."""
    return _MESSAGE.search(prompt) is not None


def is_about_present(prompt: str) -> bool:
    """Whether the answer depends on when it is given."""
    return _PRESENT.search(prompt) is not None


def is_changing(prompt: str) -> bool:
    """Whether the answer may have changed since a model was trained: offices, laws, figures, products."""
    return is_about_present(prompt) or _CHANGES.search(prompt) is not None


def is_out_of_reach(prompt: str) -> bool:
    """Whether it asks for what a text cannot reach: the web, a picture, a file, an act."""
    return _UNREACHABLE.search(prompt) is not None


def picture_wanted(prompt: str) -> tuple[int, int] | None:
    """Where it asks for a picture, a sound or a film that words cannot give; None where words or signs will do."""
    found = _PICTURE.search(prompt[:4_000])
    if not found or _IN_WORDS.search(prompt[:4_000]):
        return None
    return found.span()


def fake_picture(answer: str) -> tuple[int, int] | None:
    """Where an answer pretends to hold a picture, a sound or a film."""
    found = _FAKE_PICTURE.search(answer)
    return found.span() if found else None


def missing_input(prompt: str) -> tuple[int, int] | None:
    """Where it speaks of a text, table or picture that it does not hold."""
    if len(prompt) > 600:
        return None
    found = _MISSING.search(prompt)
    if not found or _HELD.search(prompt.strip()) or _TRAILING.search(prompt, found.end()):
        return None
    return found.span()


def asks_for_input(answer: str) -> bool:
    """Whether an answer says, early on, that something is missing or asks for it."""
    return _ASKS_FOR_INPUT.search(answer[:800]) is not None


_CODE_WANTED = re.compile(
    r"\b(?:write|create|generate|implement|develop|build|give|provide|show|make|code|complete|return|produce"
    r"|need|want)\b"
    r"[^.?!\n]{0,80}?\b(?:code|functions?|scripts?|programs?|class(?:es)?|quer(?:y|ies)|regex|regular expression"
    r"|snippets?|bots?|html|css|sql|python|javascript|java|c\+\+|c#|bash|syntax|command|macro)\b"
    r"|(?:^|[.!?\n]\s{0,3})(?:please )?implement\b"
)
_NO_CODE_WANTED = re.compile(
    r"^\W*(?:please )?(?:explain|describe)\b|\b(?:error|wrong|problem with|difference|pseudo-?code|loyalty"
    r"|dress code|lesson"
    r"|promo|discount code|zip code|tv program|programs? (?:for|at|that help)|class(?:es)? (?:schedule|rules)"
    r"|ideas?|names?"
    r"|training program|fitness|exercise|workout|list of|malbolge|shakespeare|code of|function of|script for"
    r"|movie|video|film"
    r"|play|podcast|story|email)\b|\b(?:can|could|do) you (?:know how to )?(?:write|generate|do|create"
    r"|make) (?:any )?code\W{0,4}$"
)


def code_wanted(prompt: str) -> bool:
    """Whether it asks, in so many words, for a program to be written."""
    head = prompt[:4_000]
    return _CODE_WANTED.search(head) is not None and _NO_CODE_WANTED.search(head) is None
