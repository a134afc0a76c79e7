"""The format wanted of the answer: data formats, code, a table, one word, nothing but the answer."""

from __future__ import annotations

from quality.prompt.phrase import Family, first_of, phrase

_ANSWER = r"(?:answer|respond|reply|output|say|return|print|write|tell me|outputs|outpus)"
_NOT_THE_ANSWER = r"\b(?:function|script|program|method|column|regex|code that|converts)\b"

FORMATS: Family = first_of(
    (
        phrase(
            "format:one_word",
            "word",
            r"\b(?:in|with|using|only|just|exactly|than|to)(?: (?:just|only|exactly|a|an|no more than|"
            r"at most))*"
            r" (?:one|single|1)(?: single)?[ -]word\b(?! (?:per|at a|from|in|that|for|of|which))"
            r"|\b(?:one|single|1)[ -]word (?:answer|response|reply|summary|description|output|only)\b"
            r"|\b(?:one|single|1) word only\b",
            relation="=",
            value="1",
            unit="words",
            unless=r"\breplac|\bkeyword",
        ),
        phrase(
            "format:yes_no",
            "yes",
            rf"\b{_ANSWER}\b[^.\n\ufffc]{{0,30}}\byes\b(?:[ ,]*(?:or|/)[ ,]*)no\b"
            r"|(?:^|[.?!\n] ?|[,;] )(?:(?:just|only|simply|a simple) )?yes ?(?:or|/) ?no\b(?:,? (?:only|"
            r"please))?"
            r"(?= ?[?.!]| ?$| ?\n)",
        ),
        phrase(
            "detectable_format:json_format",
            "json",
            r"\b(?:in|as|into|to|using|valid|wrapped in|with|return|output|a|an|form of|inside)(?: a| an|"
            r" the| valid| strict| single| pure| clean| proper)* json"
            r"(?: format| object| block| array| string| list| blob| document)?\b|\bjson (?:format|object|"
            r"block|output|response|only|please)\b|\b(?:should|must|has to|have to|needs? to|to) be (?:all |"
            r"pure |valid |a |in )*json\b",
            unless=_NOT_THE_ANSWER + r"|\b(?:pars(?:e|er|ing)|load|read|saves?|library|keywords?|api)\b",
        ),
        phrase(
            "format:yaml",
            "yaml",
            r"\b(?:in|as|into|using)(?: a| valid)? yaml\b(?! files? and)",
            unless=_NOT_THE_ANSWER + r"|\bparse",
        ),
        phrase(
            "format:csv",
            "csv",
            r"\b(?:in|as|into|to)(?: a| an)? csv(?: format| table| file)?\b",
            unless=_NOT_THE_ANSWER + r"|\b(?:parse|read|save)",
        ),
        phrase(
            "format:xml",
            "xml",
            r"\b(?:in|as|into|using|valid|return|output)(?: an?| valid)? xml(?: format)?\b",
            unless=_NOT_THE_ANSWER + r"|\bparse",
        ),
        phrase(
            "format:table",
            "table",
            r"\b(?:in|as|into|create|make|generate|give me|provide|prepare|design|use|draw|with|build)(?: me|"
            r" a| an| the| my| your| results?|"
            r" output| form of| format of| markdown| comparison| template| summary| simple| html| single| "
            r"results as a| restults as a){0,4}"
            r" table\b(?! of contents| tennis| lamp| named| called| top| person| schema)",
            unless=r"\b(?:sql|database|query)\b",
        ),
        phrase("format:ascii_art", "ascii", r"\bascii(?: art| characters| drawing)\b"),
        phrase(
            "format:toml",
            "toml",
            r"\b(?:in|as|into|using|valid)(?: an?| valid)? toml\b",
            unless=_NOT_THE_ANSWER + r"|\bparse",
        ),
        phrase(
            "format:html",
            "html",
            r"\b(?:in|as|into|using)(?: an?| valid| plain| pure)? html(?: format| code| page| document|"
            r" table| tags?)?\b(?! and css)|\b(?:write|create|make|generate) (?:me )?(?:an? |"
            r"the )?(?:\w+ )?html (?:page|code|file|document)\b",
            unless=r"\b(?:parse|extract|scrape|convert(?:s|ing)? html)\b",
        ),
        phrase(
            "format:numbered",
            "number|enumerat|step",
            r"\b(?:numbered|enumerated|ordered) (?:\w+ )?(?:list|steps|items|points|format|bullets?)\b|"
            r"\b(?:in|into|as|with) numbered \w+\b|\bnumber (?:each|the|every|all) (?:\w+ )?(?:steps?|"
            r"items?|points?|lines?|of them)\b",
            unless=r"\b(?:the|this|following|given|above) (?:numbered|ordered) list\b|\bfunction\b",
        ),
        phrase(
            "format:bullets",
            "bullet",
            r"\b(?:in|into|as|using|use|with|of|include|a|an)(?: the form of| the| a few| some| several|"
            r" multiple| key| main| your| short| concise| markdown| a|"
            r" simple)* (?:bullet(?:ed)?[- ]?(?:points?|list|lists|form|format)?s?)\b",
            unless=r"\b(?:no|without|not) (?:\w+ ){0,2}bullet|\b(?:silver|magic|the following|these) bullet|"
            r"\bbullet (?:train|journal|proof|wound)|\bbulletproof",
        ),
        phrase(
            "format:only",
            "only|just|nothing|no expl|without expl|no other|without any|no additional|directly",
            r"(?<!not )\b(?:only|just)(?: (?:give|output|return|print|tell|provide|say|write|answer with|"
            r"respond with|reply with|show|list))?(?: me)? the (?:answer|number|name|result|label|letter|"
            r"word|category|code|output|list|json|translation|final answer|summary|title|sentence|names|"
            r"words)\b(?! (?:to|is|of a))"
            r"|\b(?:output|return|respond with|reply with|answer with|print|give|provide|write|include|"
            r"answer|respond|reply|say)(?: me)? (?:with )?(?:only|just|nothing but|"
            r"nothing else than)\b(?! (?:in|if|when|one|\d|for|the (?:main|key|most|important|necessary|"
            r"relevant))\b)"
            r"|\b(?:no|without(?: any)?|do not (?:include|add|give|provide|write)(?: any)?|"
            r"don't (?:include|add|give|provide|write)(?: any)?) (?:further |additional |extra |"
            r"other )?(?:explanations?|commentary|comments?(?! in)|preamble|introduction or|other text|"
            r"additional text|extra text)\b"
            r"|\b(?:and )?nothing else\b(?! (?:after|following|behind))|\bshould contain the \w+ only\b|"
            r"\b(?:json|xml|yaml|csv|html|code|numbers?|names?|letters?|words?|answer|result|"
            r"output) only(?=[.!?\n]|$)|"
            r"\b(?:response|answer|output|reply) (?:should|must) (?:only |just )?(?:be|contain|consist of|"
            r"include) (?:only|just|nothing but)\b",
            unless=r"\blowercase|\bcapital|\blanguage\b|\bfunction\b|\bif nothing else\b(?! (?:after|following|"
            r"behind))|\bletters?\b",
            negated="either",
        ),
    )
)
