"""Fawning: too many apologies, and flattery."""

from __future__ import annotations

from quality.text.manners.expression import expression

_MUCH = (
    r"(?:so|very|really|truly|terribly|deeply|awfully|incredibly|extremely|sincerely"
    r"|profoundly|genuinely|most|beyond)"
)
APOLOGIES = (
    expression(
        "apology",
        "sorry|apolog|forgive|pardon|regret|my bad|mea culpa|oops|embarrassed|ashamed",
        rf"\b(?:i|we)(?:'m| am|'re| are)? (?:{_MUCH},? ){{0,3}}(?:sorry|ashamed"
        rf"|embarrassed)\b(?! (?:to hear|you're|you are|for your loss|that you))"
        rf"|(?:^|[.!?\n,] {{0,3}}|\b(?:and|again|so),? )(?:so |very |really |once again,?"
        rf" |again,? )*(?:sorry|apologies)\b(?! (?:to hear|you|state|sight|excuse"
        rf"|for your loss)|,? i didn't catch)"
        r"|\b(?:i|we|please let me|let me|allow me to|must|do|would like to|want to)"
        r" (?:(?:must|do|once|again|sincerely|deeply|truly|humbly|also|really"
        r"|wholeheartedly|want to|would like to|have to) ){0,3}apologi[sz]e\b"
        r"|\b(?:my|our|please accept my) (?:(?:deepest|sincerest|sincere|heartfelt"
        r"|humble|humblest|most|profound) ){0,2}apologies\b|\b(?:please )?forgive me\b"
        r"|\bi beg (?:your|for your) (?:pardon|forgiveness)\b|\bpardon me\b|\b(?:i"
        r"|we) (?:deeply|sincerely|truly) regret\b",
    ),
    expression(
        "grovelling",
        "sorry|apolog|forgive|ashamed|embarrass|unforgivable|inexcusable|terrible|unworthy|beg",
        rf"\b(?:{_MUCH},? ){{2,4}}sorry\b|\bi(?:'m| am) (?:terribly|deeply|profoundly"
        rf"|incredibly|extremely|awfully|so, so|so so) sorry\b(?! (?:to hear|for your"
        rf" loss|you|that you))|\b(?:deepest|sincerest|humblest|most sincere|most humble"
        rf"|profound(?:est)?|a thousand) apologies\b|\b(?:deeply|sincerely|profoundly"
        rf"|humbly|wholeheartedly) apologi[sz]e\b|\b(?:beg|ask|plead) (?:for )?(?:your"
        rf" )?forgiveness\b|\bi feel (?:so |really )?(?:terrible|awful|horrible) (?:about"
        rf"|for|that)\b|\bplease(?:,? please)? forgive me\b|\bi(?:'m| am) (?:so "
        rf"|deeply |truly )?(?:ashamed|unworthy|embarrassed)\b|\bit was (?:inexcusable"
        rf"|unforgivable) of me\b|\bsorry,? sorry\b|\bcan you ever forgive\b|\bi beg you\b",
    ),
)  # fmt: skip

_PRAISE = (
    r"(?:brilliant|great|excellent|fantastic|wonderful|amazing|awesome|terrific"
    r"|superb|outstanding|incredible|marvell?ous"
    r"|fabulous|magnificent|perfect|genius|lovely|beautiful|insightful|thoughtful"
    r"|phenomenal|exceptional|extraordinary"
    r"|clever|smart|astute|fascinating|profound|good|very good|really good|intriguing|interesting|delightful|stellar)"
)
_PRAISED = (
    r"(?:questions?|choice|point|idea|thought(?! exp)|request|prompt|query|thinking"
    r"|observation|inquiry|insight|taste|initiative|way of thinking|curiosity"
    r"|(?:thing|things) to ask|topic(?= for)|topic(?=!))"
)
_STRONG_PRAISE = (
    r"(?:brilliant|excellent|fantastic|wonderful|amazing|awesome|terrific|superb"
    r"|outstanding|incredible|marvell?ous|fabulous|magnificent|genius|phenomenal"
    r"|exceptional|extraordinary|clever|smart|intelligent|astute|gifted|talented"
    r"|insightful|wise|great|sharp|remarkable|impressive|thoughtful|special|perceptive"
    r"|curious)"
)
FLATTERY = (
    expression(
        "flattery",
        "question|choice|point|idea|thought|request|prompt|topic|query|thinking"
        "|observation|inquir|insight|taste|initiative|thing to ask|curiosity| mind",
        rf"\bwhat an? (?:(?:truly|really|absolutely|very|incredibly) )?{_PRAISE}(?:,?"
        rf" (?:and )?{_PRAISE})?(?: and \w+)? {_PRAISED}\b"
        rf"|(?:^|[.!?\n] {{0,3}}|\b(?:wow|oh|ah|yes|sure|absolutely|ooh|certainly"
        rf"|thanks|hello|hi),?!? )(?:(?:that(?:'s| is| was)|this is|such) (?:an? "
        rf"|one )?)?(?:(?:truly|really|absolutely|very|such an?|incredibly|quite) )?{_PRAISE}(?:"
        rf" and \w+)? {_PRAISED}(?=[.!,]| (?:of|for (?:an?|your)|about|indeed|to ask|you|and|on"
        rf"|that)\b(?! (?:physic|expert|doctor|lawyer|discuss)))"
        rf"|\byour {_PRAISED} (?:is|was|are|shows?|reveals?|demonstrates?|reflects?) (?:(?:truly"
        rf"|really|absolutely|such an?|incredibly|so|an?|how|very|quite) ){{0,2}}(?:{_STRONG_PRAISE}"
        rf"|deep|remarkable)\b"
        rf"|\bi (?:just |really |absolutely |truly )?(?:love|adore|admire|appreciate)"
        rf" (?:this|your|that|such) (?:{_PRAISE} )?(?:questions?|question|prompt"
        rf"|idea|thinking|curiosity|way of thinking)\b(?! about)|\byou (?:have"
        rf"|possess|show) (?:such )?(?:an? )?(?:(?:truly|really|absolutely) )?{_STRONG_PRAISE}"
        rf" (?:taste|mind|insight|intellect|intuition|eye)\b|\byou(?:'ve| have)? (?:raise"
        rf"|asked?|made|make|posed?) (?:such )?an? (?:truly |really |absolutely "
        rf"|very )?(?:{_STRONG_PRAISE}|good) (?:question|point)\b",
    ),
    expression(
        "flattery",
        "you're|you are|you must|you have such|someone as|people like you|a person of"
        "|your genius|your brilli|your intell|your wisdom|your incredible|your amazing",
        rf"(?<!if )(?<!that )(?<!when )\byou(?:'re| are| must be| truly are| really are)"
        rf" (?:clearly |obviously |truly |really |absolutely |indeed |just |simply "
        rf"|such |so |an? |the |one of the |most |very |incredibly |quite |undoubtedly"
        rf" ){{1,4}}(?:{_STRONG_PRAISE})(?: (?:person|mind|thinker|human|individual"
        rf"|student|people|soul|user|man|woman|young \w+))?(?=[.!,;]| (?:for|to (?:ask"
        rf"|have)|and)\b)|\bsomeone as {_STRONG_PRAISE} as you\b|\ba person of your (?:\w+"
        rf" )?(?:intellect|intelligence|taste|caliber|wisdom|brilliance)\b|\byour (?:\w+"
        rf" )?(?:genius|brilliance|brilliant mind|intellect|great wisdom) (?:is"
        rf"|shines|never|truly|knows|amazes|astounds)\b",
    ),
)  # fmt: skip
