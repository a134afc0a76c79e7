"""What chat assistants say of themselves: refusals, claims to have done what a text cannot, boilerplate.

Read from a text in its writer's own voice (`voice.own_voice`), in lower case. Linear in the text.
"""

from __future__ import annotations

import re
from itertools import islice

_CANNOT = (
    r"(?:can'?t|can ?not|could not|couldn't|won't|will not|should not|shouldn't"
    r"|(?:'m|am)(?: just)? not (?:able|allowed|permitted|programmed|designed|comfortable|capable of)(?: to)?"
    r"|(?:'m|am) unable(?: to)?|(?:must|have to)(?: respectfully| politely)? decline(?: to)?"
    r"|(?:do not|don't) feel comfortable|refuse to|(?:do not|don't) have the (?:ability|capability|capacity) to)"
)
_SERVE = (
    r"(?:assist|help|provid|offer|fulfil|compl[yi]|answer|respond|generat|creat|writ|produc|recommend|suggest"
    r"|shar|giv"
    r"|discuss|reproduc|complet|perform|engag|compos|draw|mak|list|extract|translat|summari|solv|rank|do )"
)
_REFUSAL = re.compile(
    r"(?:^|[.!?,;\n]\s{1,3}|\b(?:but|and|sorry,?|however|afraid|that|while|model|assistant|ai) |\ufffc\s?)"
    rf"(?P<said>i) ?(?:(?:truly|really|simply|just|currently|also|unfortunately|respectfully) )?{_CANNOT}"
    rf" (?:(?!not\b|but\b)[\w'-]+ ){{0,3}}?{_SERVE}\w*(?! but\b)(?P<what>[^.!?\n]{{0,160}})"
)
_MOST_OFFERS = 8
_OPENING = 400
"""Code points of the answer in which a refusal stands; later ones limit an answer, they do not replace it."""

_LIMITED = re.compile(
    r"\b(?:real[- ]time|up[- ]to[- ]date|personal|personali[sz]ed|opinions?"
    r"|(?:medical|legal|financial|tax|professional) (?:advice|help|guidance|opinion|counsel|diagnos\w*)"
    r"|current(?:ly)?|live|visual(?:ly)?|images?|pictures?|physically|directly|exact|definitive|guarantee"
    r"|without|unless"
    r"|until|enough|wait|stress|emphasi[sz]e|further assistance|overstate)\b"
)
"""What an assistant rightly says that it lacks, and idioms ("I can't recommend it enough")."""

_GOES_ON = re.compile(
    r"\b(?:here(?:'s| is| are)\b|i (?:can|could|will|would) (?:still |certainly |instead |also |try to "
    r"|, however, )?(?:offer|"
    r"provide|give|suggest|share|help|explain|describe|guide|tell|say|show|summari[sz]e|be happy)|let me\b"
    r"|below (?:is|are)\b"
    r"|instead,|some (?:[a-z]+ ){0,3}(?:tips|ways|things|options|examples|steps|methods|ideas|suggestions)"
    r"|(?:in )?general(?:ly)?\b|the following|according to"
    r"|based on|typically|(?:^|\n)\s{0,4}(?:1[.)]|[-*]) |```)"
)
_OFFER = re.compile(
    r"\b(?:(?:any|some)thing else|any other|any questions|another|a different|different topic|feel free"
    r"|if you have|if there"
    r"|would you like|rephrase|specific questions)\b"
)
"""What marks a closing offer: it helps with something else."""

_HELP = 100
"""Code points after "here is" or "I can offer" that are help rather than a closing phrase."""

_DONE = r"\bi(?: have|'ve)? (?:just |now |already |also |carefully |quickly |gone ahead and )?"
_SEEN = (
    r"(?:link|url|web ?site|web ?page|image|picture|photo(?:graph)?|video|recording|audio|attachment"
    r"|attached \w{2,20}"
    r"|screenshot|pdf)\b"
)
_PRETENCE = re.compile(
    rf"{_DONE}(?:opened|visited|clicked(?: on)?|accessed|browsed|checked(?: out)?|looked at|viewed|watched"
    rf"|listened to|read"
    rf"|downloaded|scanned|reviewed|examined|followed) (?:the|your|that|this) (?:\w{{2,20}} ){{0,2}}?{_SEEN}"
    rf"|{_DONE}(?:searched|googled|looked (?:it |this |that |them )?up|browsed|checked)"
    r" (?:[\w']{2,20} ){0,4}?(?:online|the web|the internet|google|wikipedia)\b"
    r"|\bi found (?:this|these|it|them|the following) (?:online|on the (?:web|internet)|on google|through google)\b"
    r"|\bbased on my (?:web |online |internet |google )?search\b"
    rf"|{_DONE}(?:sent|e-?mailed|forwarded|booked|ordered|phoned|texted|purchased) (?:you |him |her |them |it )?"
    r"(?:(?:an?|the|your|that) (?:\w{2,20} ){0,2}?(?:e-?mail|message|text|invitation|flight|hotel"
    r"|tickets?|order|copy|file|document|calendar)\b|to your (?:e-?mail|inbox|phone|address)\b)"
    rf"|{_DONE}(?:ran|run|executed|tested|compiled) (?:the|this|your|that) (?:\w{{2,20}} ){{0,2}}?"
    r"(?:code|script|program|function|quer(?:y|ies)|command|snippet)s?\b"
    r"|\b(?:i have attached|i've attached|please find attached|find attached|(?:^"
    r"|[.!?:\n]\s{0,3})attached (?:is|are) (?:the|an?|my|your)\b"
    r"|see (?:the )?attached|attached (?:to|with) this (?:message|response|answer|chat))"
    rf"|\bin the {_SEEN} (?:that )?you (?:have )?(?:provided|sent|shared|attached|uploaded|posted|linked)"
)
_FALSE_PRETENCE = re.compile(r"(?:if|when|once|until|that|how|as|like|after|before|whether) $")

_NOT_MODEL = (
    r"(?!(?:[- ](?:assisted|driven|powered|based|generated|enabled)| (?:engineer|research|develop|consult|expert"
    r"|specialist|student|compan|enthusiast|profession|train(?:er|ing) (?:data|expert)|ethic|tool|solution"
    r"|system that"
    r"|company|startup|artist))\w*)"
)
_MODEL = r"(?:ai|a\.i\.|artificial intelligence|(?:large )?language model|llm|chatbot|computer program)"
_BOILERPLATE = re.compile(
    rf"\bas an? (?:(?!for|of|in|on|with|to|by|about)[\w-]{{2,20}} ){{0,3}}?{_MODEL}\b{_NOT_MODEL}"
    rf"|\bi(?:'m| am) (?:just |only |simply |merely |actually "
    rf"|but )?an? (?:[\w-]{{2,20}} ){{0,2}}?{_MODEL}\b{_NOT_MODEL}"
    r"|\b(?:as of|up to|until|since|after|beyond) my (?:last |latest |most recent |knowledge |training |data ){0,3}"
    r"(?:update|cut[- ]?off)"
    r"|\bmy (?:knowledge|training)(?: data)? (?:cut[- ]?off|only goes|ends|is limited|was last|extends)"
)


def refusal(own: str) -> tuple[int, int] | None:
    """Where the opening refuses and nothing of use follows; None where it does not.

    Args:
        own: The answer in its own voice, in lower case.
    """
    for found in _REFUSAL.finditer(own, 0, _OPENING + 200):
        if found.start() > _OPENING or _LIMITED.search(found["what"]):
            continue
        if _helps(own, found.start("what")):
            return None
        return found.start("said"), found.end()
    return None


def _helps(own: str, start: int) -> bool:
    """Whether help follows from there on, and not a mere offer of it."""
    for found in islice(_GOES_ON.finditer(own, start), _MOST_OFFERS):
        begin = max(own.rfind(mark, start, found.start()) for mark in ".?!\n")
        ends = [at for mark in ".?!\n" if (at := own.find(mark, found.end())) >= 0]
        sentence = own[max(begin, start) : min(ends, default=len(own)) + 1]
        if not _OFFER.search(sentence[:600]) and not sentence.endswith("?"):
            return len(own) - found.end() >= _HELP
    return False


def pretence(own: str) -> tuple[int, int] | None:
    """Where the answer claims to have seen, sent or run something; None where it does not."""
    for found in _PRETENCE.finditer(own):
        if not _FALSE_PRETENCE.search(own, max(0, found.start() - 10), found.start()):
            return found.span()
    return None


def boilerplate(own: str) -> tuple[int, int] | None:
    """Where the answer speaks of itself as a model or of its training; None where it does not."""
    found = _BOILERPLATE.search(own)
    return found.span() if found else None
