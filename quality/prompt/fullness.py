"""How short or how full the answer is to be, in words: `briefly`, `in detail`."""

from __future__ import annotations

from quality.prompt.phrase import Family, first_of, phrase

_TEXT = (
    r"(?:answer|response|reply|summary|story|essay|poem|letter|email|article|post|description|word|"
    r"output|letters?)"
)
_ANSWER = r"(?:answer|respond|reply|output|say|return|print|write|tell me|outputs|outpus)"

FULLNESS: Family = first_of(
    (
        phrase(
            "length:short",
            "short|brief|concis|nutshell|tl;dr|tldr|only the|just the|directly|no explanation|without explan|"
            "succinct|terse|just",
            r"\bas (?:short|brief|concise|succinct)(?:ly)? as (?:possible|you can)\b"
            r"|\b(?:be|keep (?:it|this|the answer|your answer|your reply|your response|the response)|make "
            r"(?:it|your reply|"
            r"your answer|your response)) (?:very |really |super |as )?(?:short|brief|concise|succinct|terse)\b"
            r"|\bbriefly\b|\bin brief\b|\bconcisely\b|\bsuccinctly\b|\bin a nutshell\b|\btl;?dr\b|\bin a "
            r"(?:brief|concise) manner\b"
            r"|\b(?:short|brief|concise|succinct) (?:answer|response|reply|summary|explanation|description|"
            r"definition)s?\b(?! of each| for each)"
            r"|\b(?:only|just) (?:give |output |return |print |tell |provide |say |write )?(?:me )?the "
            r"(?:answer|number|name|result|label|letter|word|category|code|output)\b(?! (?:to|is|of a))"
            r"|\b(?:no|without(?: any)?) (?:further |additional |extra )?explanations?\b"
            rf"|\b{_ANSWER} the \w+ directly\b",
            unless=r"\b(?:sentences?|lines|paragraphs?|titles?|bullets?|each|names?|stanzas) (?:should |must |to |"
            r"can )?be\b",
        ),
        phrase(
            "length:long",
            "detail|long|comprehensive|depth|thorough|elaborate|step|extensive|at length|expand",
            r"\bin (?:great |more |full |greater )?details?\b(?! oriented)"
            r"|\b(?:a |an |very |more |most |as )?(?:detailed|comprehensive|in[- ]depth|thorough|extensive|"
            r"lengthy)\b"
            r"(?=[^.\n]{0,40}\b(?:answer|response|explanation|description|plan|guide|list|analysis|essay|"
            r"report|story|"
            r"overview|summary|review|as possible|outline|article|instructions|proposal|itinerary|letter|"
            r"email|schedule)\b)"
            r"|\bin depth\b|\bat length\b|\bas long as (?:possible|you (?:can|like|want))\b|\belaborate on\b|"
            r"\bexpand on\b"
            r"|\bstep[- ]by[- ]step\b|\bgo into detail\b"
            rf"|\b(?:a|very|really) long(?: and \w+)?,? (?:\w+ )?{_TEXT}\b",
        ),
    )
)
