"""The manner wanted of the answer: a persona, a dialect, a register, faults on purpose; fiction and dialogue."""

from __future__ import annotations

from quality.prompt.numbers import NUMBER
from quality.prompt.phrase import Family, first_of, phrase

_DIALECT = (
    r"pirate|yoda|caveman|cave man|cowboy|rapper|redneck|hillbilly|surfer|valley girl|drunk|"
    r"gangster|leprechaun|snoop ?dogg?|shakespeare|cockney|scotsman|viking|gen z|zoomer"
)

_DIALOGUE = (
    r"(?:dialogues?|dialogs?|conversations?|screenplays?|skits?|debates?|interviews?|stage plays?|"
    r"movie scripts?|forum threads?|plays?(?! (?:on|by|area|date))|"
    r"(?:tv|movie|film|play|radio) (?:show )?scripts?|transcripts?|"
    r"scripts?(?= (?:for an? (?:\w+ ){0,3}?(?:episode|scene|movie|film|play|show|sketch)|between|"
    r"of an? (?:episode|scene))))\b"
)
_WHO = (
    r"[\w'-]+(?: (?!(?:and|who|whose|that|with|to|from|for|in|of|on|or|at|as|about|when|given|based|"
    r"explain\w*|describ\w+|without|so|but|then|by|if|using|is|are)\b)[\w'-]+){0,3}"
)
"""A person or role, up to four words."""
_AGED = (
    r"\d{1,2}[- ]year[- ]olds?|(?:\w+[- ])?(?:toddler|kid|child|children|kids|teenager|teen|preschooler|"
    r"kindergartner|schoolchild)"
)
_VOICED = (
    r"(?:like|as|as if (?:i am|i'm|i was|i were|you are|you're|you were)|in the (?:voice|style|manner|"
    r"words) of|(?:explain\w*|describe|define|simplify|teach|tell|write|rewrite|understandable|suitable|"
    r"appropriate)[^.?!\n]{0,60}? (?:to|for))"
)

STYLES: Family = first_of(
    (
        phrase(
            "style:age",
            "year-old|year old|years old|toddler|kid|child|teen|preschool|kinder|eli5|like i'm|as if i|"
            "like i am",
            rf"\b{_VOICED} (?:an? |the |i'm |i am |i was |if i was )?(?:\w+ ){{0,1}}?(?P<value>{_AGED})\b"
            r"|\b(?:like|as if|as though) (?:i'm|i am|i was|"
            r"i were) (?:an? )?(?P<value2>\w+(?: years? old)?)\b(?! (?:who|that))"
            r"|\b(?P<value3>eli5)\b",
            unless=r"\btreat\w*\b|\b(?:feel|look|sound)(?:s|ing)? like\b|\b(?:as|like) (?:an? |"
            r"the )?(?:\w+ )?(?:kid|child|teenager) (?:i|you|he|she|we|they)\b"
            r"|\b(?:my|his|her|our|their) (?:\w+ )?(?:\d{1,2}[- ]year[- ]old|kids?|child|children|"
            r"teenager)\b|\b(?:gift|present|toy|party|book|clothes|activit\w+|safe)s? for\b",
        ),
        phrase(
            "style:formal",
            "formal|professional|academic|business",
            r"\b(?:formal|professional|academic|business|scholarly|business-like|polite)(?:ly)?(?:(?:,|"
            r" and|,? but) \w+)? (?:tone|style|language|manner|way|register|english|voice|wording)\b|"
            r"\b(?:more|very|in a|sound|be) formal(?:ly)?\b(?! (?:education|training|dinner))|"
            r"\bformal (?:letter|email|e-mail|invitation|request|complaint|apology|version|reply|response|"
            r"memo)\b|\bformally\b",
            unless=r"\b(?:not|no|avoid|without|less|too|isn't|rather than|instead of) (?:\w+ ){0,2}(?:formal|"
            r"professional|academic|business)|\binformal|\bdifferences?\b|\b(?:from|convert) formal\b",
        ),
        phrase(
            "style:rude",
            "insult|roast|sarcas|swear|rude|profan|curse|mean |snark|diss|angry|offensive|mock",
            r"\b(?:be|being|in a|with|sound|very|write an?|use|using|give me|include|a lot of|an?|make it|"
            r"as) (?:\w+ ){0,2}?(?:sarcastic(?:ally)?|sarcasm|rude(?:ly)?|insulting|snarky|"
            r"swear(?: ?words?|ing)?|profanity|curse words?|angry (?:tone|letter|email|voice|style|rant|"
            r"message)|mocking|offensive)\b"
            r"|\b(?:roast|insult) (?:me|my|him|her|them|the|this)\b|\b(?:write|give me|make|tell me|"
            r"come up with) (?:\w+ ){0,3}?(?:insults?|roasts?|diss track|rant)\b|\bsarcastically\b",
            unless=r"\b(?:not|without|avoid|no|never|isn't|don't|stop|less|explain|why|detect|classif\w+|identify|"
            r"whether|filter)\b|\b(?:pot|beef|chicken|coffee) roast|\b(?:dealing|deal) with\b",
        ),
        phrase(
            "style:shouting",
            "shout|scream|yell",
            r"\b(?:like|as if|in an?|with|while|and|by|style of) (?:\w+ ){0,5}?(?:shouting|screaming|"
            r"yelling)(?: style| voice| tone)?\b|\b(?:shout|scream|yell) (?:at me|your|the (?:answer|"
            r"response)|everything|it)\b",
            unless=r"\b(?:not|without|avoid|stop|never|why)\b",
        ),
        phrase(
            "style:emoji",
            "emoji|emoticon|smiley",
            r"\b(?:with|include|including|use|using|add|adding|insert|contain|in|and|of|some|many|only|"
            r"lots of|plenty of)(?: (?:a|few|some|at least|one|two|three|lots|of|many|more|fun|relevant|"
            r"the|only|plenty|\d+|appropriate|any|no))* (?:emojis?|emoticons?|smileys?)\b|\bno emojis?\b|"
            r"\bemojis? only\b",
            unless=r"\b(?:meaning of (?:the |this )?emojis?|keyboard|history of|(?:been|was|is|"
            r"are) (?:\w+ )?(?:described|written|told|given))\b",
            negated="not",
        ),
        phrase(
            "style:flattery",
            "flatter|compliment|praise",
            r"\b(?:flatter|compliment|praise) (?:me|my|him|her|them)\b|\b(?:write|give me|send|say|tell me|"
            r"make|start with|begin with|include)(?: \w+){0,3}? (?:compliments?|praise|flattery)\b",
            unless=r"\b(?:not|without|avoid|no|how (?:to|do|can|should))\b",
        ),
        phrase(
            "genre:dialogue",
            "dialogue|dialog|conversation|script|interview|screenplay|skit|chat between|debate|play |"
            "forum thread|play.",
            r"\b(?:write|create|generate|compose|make|produce|imagine|give me|simulate|draft|craft|"
            r"come up with|continue)\b(?: me| us| out)?"
            r"(?: (?!(?:about|for|from|to|of|in|on|with|using|into|based|questions?|"
            rf"that)\b)[\w'-]+){{0,6}}? {_DIALOGUE}"
            rf"|\b(?:as|into|in the (?:form|style|format) of) (?:an? |the )(?:[\w-]+ ){{0,2}}?{_DIALOGUE}",
            unless=r"\b(?:bash|python|shell|javascript|sql|powershell|lua|luau|macro|bootstrap)\b|\b(?:job|"
            r"upcoming|my) interview"
            r"|\bconversation (?:starter|topic|skill|question)|\binterview (?:questions?|for|tips|guide)|"
            r"\bbased on (?:the|this|a) (?:dialogue|conversation|interview)",
        ),
        phrase(
            "task:correct",
            "correct|proofread|edit|fix|gramma|spelling|improve|mistake",
            r"\b(?:correct|proofread|copy-?edit|fix|check|revise)\b[^.?!\n\ufff9]{0,40}?\b(?:grammar|"
            r"grammatical|spelling|mistakes?|errors?|punctuation|typos?|text|sentences?|paragraph|essay|"
            r"email|letter|passage|writing|following|misspell\w+)\b|\bedit (?:the|this|my) (?:following |"
            r"\w+ )?(?:text|sentence|paragraph|essay|email|letter|passage|writing|article)\b|\bproofread\b",
            unless=r"\b(?:code|function|script|bug|program|query|how (?:do|to|can)|tips|correct (?:order|answer|"
            r"option)|is (?:this|the|it) (?:\w+ ){0,4}(?:grammatically )?correct)\b",
        ),
        phrase(
            "task:quote",
            "verbatim|quote|recite|word for word|lyrics|exact words|repeat after",
            r"\b(?:quote|recite)\b[^.?!\n]{0,40}?\b(?:the|from|this|passage|text|poem|line|verse|speech)\b|"
            r"\bverbatim\b|\brepeat after me\b|\b(?:word[- ]for[- ]word|exact words)\b|"
            r"\bgive me the (?:full )?(?:lyrics|text) (?:of|to)\b|\brepeat (?:the|"
            r"this) (?:following )?(?:text|sentence|paragraph|passage|word|phrase)\b",
            unless=r"\b(?:request|prompt|question|instruction)|\b(?:famous|inspirational|motivational|a|stock|"
            r"price|insurance) quote|\bdouble quote",
        ),
        phrase(
            "style:typos",
            "typo|spell|gramma|broken english",
            r"\b(?:with|includ(?:e|es|ing)|add|insert|introduce|make|making|contain(?:s|ing)?|"
            r"intentional(?:ly)?|deliberate(?:ly)?|full of|"
            r"use|using|in)\b(?: \w+){0,4}? (?:typos?|misspell\w*|spelling (?:errors?|mistakes?)|grammar "
            r"(?:errors?|mistakes?)|"
            r"grammatical (?:errors?|mistakes?)|bad (?:grammar|spelling)|broken english)\b",
            unless=r"\b(?:no|not|without|free|correct\w*|fix\w*|avoid\w*|proofread\w*|remov\w*|edit\w*|"
            r"find\w*|detect\w*|identif\w*|check\w*|never|don't|spot|any|if|revis\w*|improv\w*|rewrite)\b",
        ),
        phrase(
            "style:dialect",
            "like|style|as a|voice|talk|speak|slang|dialect|accent|leet|shakespear|gen z|pirate|rap|texting",
            rf"\b(?:like|as if (?:you are|you're|you were|it were)|as|in the (?:voice|style|manner|tone|"
            rf"words) of|pretend (?:to be|you are|"
            rf"you're)|imagine you are|act (?:as|like)|talk like|write like|speak like) (?:an? |the )?(?:\w+ "
            rf"){{0,2}}?(?P<value>{_DIALECT})\b"
            r"|\b(?P<value2>pirate|shakespearean|old english|medieval|cowboy|gen z|street|internet|leet|"
            r"texting|text|cockney|scots|southern)"
            r" (?:style|speak|talk|slang|english|dialect|accent|lingo|voice)\b"
            r"|\b(?:in|with|using|use) (?:\w+ ){0,2}?(?:slang|dialect|leetspeak|l33t|patois|pidgin)\b"
            r"|\b(?P<value3>snoop ?dogg?) rap\b",
            unless=r"\b(?:no|without|avoid|don't use|do not use) (?:any )?(?:\w+ )?slang\b|\btreat\w*\b|"
            r"\bfeel(?:s|ing)? like\b"
            r"|\blook(?:s|ing)? like\b",
        ),
        phrase(
            "style:persona",
            "act as|act like|pretend|imagine|persona|role|perspective|style of|you are a|you're a|as a ",
            r"(?:^|[.!?\n;,] ?|you to |please |and )(?:act (?:as|like)|pretend (?:to be|you are|you're|that "
            r"you are)|imagine (?:that )?"
            r"(?:you are|you're)|play the role of|roleplay as|(?:assume|take on) the (?:persona|role) of) "
            r"(?:an? |the )?(?P<value>" + _WHO + r")"
            r"|(?:^|\n)(?:you are|you're) an? (?!given)(?P<value2>" + _WHO + r")"
            r"|\bin the (?:style|voice) of (?:an? |the )?(?P<value3>"
            + _WHO
            + r")|\bfrom the (?:perspective|point of view|viewpoint) of "
            r"(?:an? |the |someone )(?P<value4>" + _WHO + r")"
            r"|^as an? (?P<value5>" + _WHO + r")[^,.\n]{0,40},(?=[^.\n]*\byour?\b)",
            unless=r"\bas part of\b",
        ),
        phrase(
            "style:informal",
            "informal|casual|slang|conversational|relaxed",
            r"\b(?:informal|casual|conversational|relaxed|slangy|laid[- ]back)(?:ly)?(?: and \w+)? (?:tone|"
            r"style|language|manner|way|"
            r"email|letter|note|message|voice|blog|english|summary)\b|\bcasually\b|\binformally\b"
            r"|\btone [^.\n]{0,30}\b(?:casual|informal|relaxed|conversational)\b",
            unless=r"\b(?:not|no|avoid|without|less|more formal)\b",
        ),
        phrase(
            "genre:fiction",
            "story|stories|tale|fable|fiction|novel|imagin|invent|make up|poem|hallucinat|fantasy|myth|"
            "legend|"
            "screenplay|scene|haiku|limerick|riddle",
            r"\b(?:write|compose|create|generate|tell|make|give|draft|craft|invent|make up|come up with|"
            r"continue)\b[^.?!\n]{0,60}?\b"
            r"(?:stor(?:y|ies)|fairy ?tales?|tales?|fables?|novels?|fiction|poems?|myths?|legends?|"
            r"screenplays?|scenes?|haikus?|limericks?|riddles?|sonnets?|hallucinations?)\b"
            r"|\b(?:make up|invent|hallucinate) (?:an? |the |some |new )|\b(?:fictional|fictitious|made[- "
            r"]up|imaginary) (?!text)\w+",
            unless=r"\bhow (?:to|do|does|can|could|should|would)\b|\b(?:true|real|news|success|user) stor(?:y|"
            r"ies)\b|\babout the novel\b|\b(?:summar|review|analy|essay|article|report)\w*",
        ),
        phrase(
            "style:repetition",
            "times|chorus|refrain|villanelle|pantoum|over and over|repeatedly|mantra|tongue twister|"
            "tongue-twister|anaphora|ghazal|loop",
            r"\b(?:repeat|write|say|type|print|copy|chant|"
            rf"output)\b[^.?!\n]{{0,60}}?\b(?P<value>{NUMBER}) times\b"
            r"|\b(?:with|include|includes|including|has|have|having|add|write|and) (?:a |an |the )?(?:\w+ "
            r")?(?:chorus(?:es)?|refrains?)\b(?! from)"
            r"|\b(?:villanelle|pantoum|ghazal|mantra|tongue[- ]twisters?|anaphora)\b"
            r"|\b(?:repeat|say|write)\b[^.?!\n]{0,40}?\b(?:over and over|again and again|repeatedly)\b",
            unless=r"\b(?:code|function|script|program|how many|loop that|appears?|appear at|should appear|"
            r"keywords?|at least twice)\b",
        ),
    )
)
