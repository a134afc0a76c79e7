"""Insults: at the reader, at what they ask, at a group of people."""

from __future__ import annotations

from quality.text.manners.expression import START, expression

_FOOL = (
    r"(?:idiots?|morons?|imbeciles?|cretins?|dimwits?|dumm(?:y|ies)|dunces?|nitwits?"
    r"|halfwits?|blockheads?|numbskulls?"
    r"|simpletons?|dumbass\w*|jerks?|losers?|scumbags?|dolts?|airheads?|bozos?"
    r"|buffoons?|clowns?|fools?|dumbo|pea-?brains?"
    r"|lowli(?:fe|ves)|failures?|waste of space|pigs?|ignoramus(?:es)?|retards?)"
)
_STUPID = (
    r"(?:stupid|dumb|idiotic|moronic|braindead|brain-dead|brainless|dense|dim-?witted|half-?witted|thick-?headed"
    r"|feeble-?minded|mindless|clueless|pathetic|worthless|useless|retarded|imbecilic|slow-?witted)"
)
_SILLY = (
    rf"(?:{_STUPID}|silly|ridiculous|laughable|foolish|ignorant|inane|lame|asinine|childish|embarrassing)"
)
_VERY = (
    r"(?:so|just|really|too|such|truly|clearly|obviously|very|that|this|pretty|plain"
    r"|a bit|kind of|kinda|being|simply|all|quite|utterly|completely|totally|even)"
)
_ASKED = (
    r"(?:questions?|requests?|ideas?|prompts?|queries|query|tasks?|problem|thing to (?:ask"
    r"|say)|attempt|essay|writing|code|excuse|argument|opinion|point|grammar)"
)
_GROUP = (
    r"(?:women|men|girls|immigrants|foreigners|refugees|muslims|jews|christians|catholics|hindus|atheists|blacks"
    r"|black people|white people|whites|asians|gays|gay people|lesbians|trans people"
    r"|disabled people|old people|boomers"
    r"|millennials|poor people|the poor|homeless people|americans|mexicans|indians"
    r"|chinese people|the chinese|africans"
    r"|arabs|germans|the french|russians|liberals|conservatives|republicans|democrats"
    r"|leftists|fat people|students like you"
    r"|people like you|teenagers|you people)"
)
_BAD = (
    rf"(?:{_STUPID}|lazy|inferior|subhuman|disgusting|filthy|dirty|evil|vermin|criminals|terrorists|parasites|savages"
    r"|animals|scum|trash|garbage|rapists|too (?:emotional|weak|stupid|dumb|lazy)"
    r"|not (?:smart|intelligent|clever) enough"
    rf"|incapable|hopeless|liars|cheats|thieves|(?:bad|worse|terrible|useless) at"
    rf"|unfit|not (?:fit|made|cut out|suited)"
    rf"|all the same|{_FOOL})"
)

_BAD_HINTS = (
    "stupid|dumb|idiot|moron|imbecile|cretin|nitwit|dimwit|halfwit|witted|dummies"
    "|dummy|dunce|blockhead|numbskull|simpleton|jerk"
    "|loser|scum|=dolt|airhead|bozo|buffoon|clown|fool|lowli|failure|waste of"
    "|=pig|=pigs|ignoramus|retard|brain|=dense|headed"
    "|feeble|mindless|clueless|pathetic|worthless|useless|silly|ridiculous"
)
"""A part of every word of `_FOOL` and `_STUPID`."""

INSULTS = (
    expression(
        "insult",
        _BAD_HINTS,
        rf"(?<!if )(?<!when )(?<!whether )(?<!think )(?<!feel )(?<!like )(?<!mean )\b(?:you(?:'re"
        rf"| are|'ve been| must be| were| really are| sound like| look like)|ur"
        rf"|u r)"
        rf" (?!not\b|n't)(?:(?:{_VERY}|an?|the|one|as|some kind of|nothing but"
        rf"|\w+ly) ){{0,3}}(?:\w{{3,14}} )?(?:{_FOOL}|{_STUPID})\b(?! (?:at\b|proof"
        rf"|to (?:want|think)|about))",
    ),
    expression(
        "insult",
        _BAD_HINTS
        + "|ignorant|lazy|ridiculous|ugly|incompetent|prick| ass|hopeless|disgrace|embarrassment|joke",
        rf"\b(?:you|u) (?:(?:stupid|dumb|silly|little|absolute|complete|total|bloody"
        rf"|ignorant|pathetic|worthless|useless|miserable|sad|arrogant"
        rf"|damn|poor|lazy|utter|big) ){{0,2}}{_FOOL}\b"
        rf"|\b(?:you(?:'re| are)) (?:{_VERY}|an?) (?:\w+ )?(?:ignorant|lazy|ridiculous"
        rf"|ugly|incompetent|prick|ass|hopeless|disgrace|embarrassment|joke)\b"
        r"(?! of| about| eval)",
    ),
    expression(
        "insult",
        _BAD_HINTS,
        rf"\b(?:any|every|only an?|only|even an?|even) (?:\w+ )?(?:{_FOOL})\b(?: \w+)?"
        rf" (?:know|could|can|would|should|understand|see|with|who|ask|think|like)\w*",
    ),
    expression(
        "insult",
        "are you|can you|could you|were you|you this|you that",
        rf"\bare you (?:(?:{_VERY}|an?|some kind of) ){{0,2}}(?:{_STUPID}|{_FOOL}"
        rf"|blind|deaf|illiterate|insane|out of your mind|high|drunk)\b"
        rf"|\bhow (?:{_STUPID}|ignorant|thick|lazy|dim) (?:are|can|could|do|must) you\b"
        rf"|\bwhat(?:'s| is) wrong with you\b",
    ),
    expression(
        "insult",
        "don't be|stop being|not to be",
        rf"\b(?:don't|stop|quit|try not to) be(?:ing)? (?:(?:{_VERY}|an?) ){{0,2}}(?:{_STUPID}"
        rf"|{_FOOL}|ridiculous|an? ass)\b",
    ),
    expression(
        "insult",
        "stupid|dumb|idiotic|moronic|silly|pathetic|ridiculous|ignorant|lame"
        "|worthless|useless|brain|inane|asinine|mindless|clueless|foolish|laughable"
        "|lazy",
        rf"\b(?:your|what an?|such an?|that(?:'s| is| was) (?:an?|the)(?: most)?"
        rf"|this is (?:an?|the)(?: most)?) (?:(?:{_VERY}|\w+ly|little) )?(?:{_SILLY}"
        rf"|lazy|terrible|awful) (?:little )?{_ASKED}\b"
        rf"|\byour (?:{_ASKED}) (?:is|are|was) (?:(?:{_VERY}|\w+ly) )?{_SILLY}\b"
        rf"|{START}(?:{_STUPID}|silly|lame) {_ASKED}(?=[.!,?])",
    ),
    expression(
        "insult",
        "shut up|get lost|screw you|bite me|drop dead|hate you|ashamed|your brain"
        "|nobody likes|go to hell|get a life|grow up|buzz off|get bent"
        "|stupidity|ignorance|your face|kill yourself|suck|kiss my|your ass|pain in"
        " the|you prick|jack off|stink|intelligence of|brain of|iq of|attention span of|you people|people like you",
        r"\b(?:shut (?:the \w+ )?up\b(?! shop)|screw you|bite me|drop dead|kill yourself"
        r"|get a life(?=[.!,]|$)|buzz off|get bent|nobody likes you|i hate you|go to hell"
        r"|use your (?:brain|head)|(?:you|u) (?:really |totally )?suck|(?:you"
        r"|u) stink|kiss my|(?:off |move |get )?your (?:lazy |sorry |dumb )?ass"
        r"|you prick"
        r"|you (?:should|ought to|must) be (?:ashamed|embarrassed)|your (?:own )?(?:stupidity"
        r"|ignorance|incompetence|laziness))\b"
        r"|\byou (?:\w+ )?have the (?:intelligence|brains?|iq|attention span|wit|manners) of an?\b"
        r"|\bpeople like you (?:are|make|never|always|should|shouldn't)\b|\byou people\b(?!"
        r" (?:who|with|in|may|can|might))"
        rf"|{START}(?:get lost|grow up)(?=[.!,])",
    ),
    expression(
        "insult",
        _BAD_HINTS
        + "|lazy|inferior|subhuman|disgusting|filthy|dirty|evil|vermin|criminals|terrorists|parasites|savages|animals"
        "|trash|garbage|rapists|too emotional|too weak|enough|incapable|hopeless"
        "|liars|cheats|thieves|=bad|worse at|terrible at|unfit|not fit|not made"
        "|not cut|not suited|all the same",
        rf"(?<!that )(?<!believe )(?<!say )(?<!idea )(?<!stereotype )\b{_GROUP} are (?!not\b"
        rf"|n't)(?:(?:all|just|naturally|inherently|simply|generally|mostly|basically"
        rf"|too|so|always|often|usually|a bunch of|nothing but|obviously|known to be"
        rf"|born) ){{0,3}}{_BAD}\b",
    ),
    expression(
        "insult",
        "like you|like yours|your brain|your mind|your iq|your intel|your skull"
        "|your grammar|your writing|your manners",
        rf"\b{_FOOL} like you\b"
        r"|\byour (?:brain|mind|iq|intelligence|intellect|skull|grammar|writing"
        r"|manners|spelling) (?:is|are|must be|seems?)"
        r" (?:(?:clearly|obviously|really|just|simply|far|way|much|so|too|apparently"
        r"|as) ){0,3}(?:small|tiny|weak|empty|slow"
        r"|low|limited|awful|terrible|pathetic|poor|atrocious|embarrassing|a mess"
        r"|a joke|missing|broken|hopeless|dreadful)\b",
    ),
    expression(
        "insult",
        "dumbest|stupidest|silliest|laziest|worst|most stupid|most idiotic|most ridiculous"
        "|most pathetic|most ignorant"
        "|most annoying|most boring|most foolish",
        r"\bthe (?:dumbest|stupidest|silliest|laziest|worst|most (?:stupid|idiotic"
        r"|ridiculous|pathetic|ignorant|annoying"
        r"|boring|foolish)) (?:[\w']+ ){0,4}(?:i(?:'ve| have)|anyone has|anybody has)(?: (?:ever|yet))?\b"
        r"|\byou(?:'re| are) (?:easily |by far |probably |truly )?the (?:dumbest"
        r"|stupidest|laziest|worst|most (?:stupid|idiotic"
        r"|ridiculous|pathetic|ignorant|annoying|boring|foolish))\b",
    ),
    expression(
        "insult",
        "pity you|sorry for your|sorry for any|no wonder|disgust me|annoy me"
        "|bore me|make me sick|sicken me|kind of idiot"
        "|kind of fool|kind of moron|hit your head|dropped on|amount to|not very bright|not too bright|not very smart"
        "|not the sharpest|no brain|no brains|dumber than|smarter than you|waste of oxygen|waste of air|a disgrace",
        r"\bi pity (?:you|your)\b|\bi feel sorry for (?:your (?:teachers?|parents"
        r"|family|boss|coworkers|colleagues|friends"
        r"|children|employer|students|readers)|any(?:one|body) who)\b"
        r"|\bno wonder (?:you|your|nobody|no one)\b(?=[^.!?\n]{0,40}\b(?:fail"
        r"|can't|cannot|don't|like|lost|alone|bad|poor|no|never|stuck)\w*)"
        r"|\byou (?:really |just |simply )?(?:disgust|annoy|bore|sicken) me\b"
        r"|\byou make me sick\b|\bwhat kind of (?:an? )?(?:idiot"
        r"|fool|moron)\b|\bdid you (?:hit your head|fall on)\b|\bdropped on (?:your"
        r"|the) head\b|\byou(?:'ll| will) never amount\b"
        r"|\byou(?:'re| are) (?:clearly |obviously |really )?not (?:very|too|exactly"
        r"|so) (?:bright|smart|clever|intelligent)\b"
        r"|\bnot the sharpest\b|\byou (?:\w+ )?have no brains?\b|\b(?:you're|you are)"
        r" (?:even )?dumber than\b|\bsmarter than you\b"
        r"|\bwaste of (?:oxygen|air)\b|\byou(?:'re| are) a disgrace\b",
    ),
)

COARSE = (
    expression(
        "profanity",
        "the hell|hell no|hell yeah|pain in the|kiss my|=ass|half-assed|the f ",
        r"\b(?:what|who|why|where|how|when|get|shut) the (?:\w+ )?hell\b(?! of)"
        r"|(?:^|[.!?\n] {0,3})hell (?:no|yeah|yes)\b"
        r"|\bpain in the (?:ass|arse|butt)\b|\bkiss my (?:ass|arse)\b|\bhalf-assed\b"
        r"|\b(?:my|your|his|their|dumb|lazy|sorry"
        r"|fat|kick|smart|bad|whole|jack) ass\b(?! kick)",
    ),
)
"""Coarse turns of phrase whose words have an innocent sense of their own."""
