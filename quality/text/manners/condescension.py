"""Condescension: what is said down to a reader."""

from __future__ import annotations

from quality.text.manners.expression import expression

_CHILD = (
    r"(?:child|kid|schoolchild|schoolboy|toddler|baby|idiot|fool|monkey|moron|beginner"
    r"|first[- ]grader|kindergartner|five[- ]year[- ]old|\d{1,2}[- ]year[- ]old"
    r"|preschooler|infant|caveman|dog)"
)
CONDESCENSION = (
    expression(
        "condescension",
        "obvious",
        r"(?:^|[.!?\n] {0,3}|\b(?:well|but|and|so),? )obviously\b|\byou(?:'re| are)? obviously\b"
        r"|\b(?:it|that|this|the answer)(?:'s| is| should be| seems| is so)(?: \w+)? (?:painfully"
        r"|blindingly|glaringly|pretty|blatantly|so|perfectly|quite) obvious\b|\bisn't it"
        r" obvious\b|\bobviously[.!?](?=\s|$)",
    ),
    expression(
        "condescension",
        "child|kid|school|toddler|baby|monkey|beginner|grade|year-old|year old|infant|caveman|dog|fool|idiot|moron",
        rf"\b(?:as )?(?:any|every|even an?|even your|even the (?:dumbest|youngest)"
        rf") (?:\w+ )?{_CHILD} (?:already |would |could |can |should |will )?(?:know"
        rf"|understand|tell|figure|do (?:this|it|that)|answer|see|solve|get|manage"
        rf"|explain|spell)s?\b"
        rf"|\b(?:this is|it's|that's|it is|that is) (?:\w+ )?(?:child's play|kindergarten"
        rf"|elementary school|kid) (?:stuff|level|work)\b|\bmy (?:dog|grandmother"
        rf"|five-year-old|toddler|kid) (?:could|knows|can)\b",
    ),
    expression(
        "condescension",
        "everyone|everybody|common sense|common knowledge|rocket science|no-brainer"
        "|brain surgery|no brainer|should know|should already|ought to know|should have"
        " known|supposed to know",
        r"\b(?:as (?:we all|surely everyone)|(?:as |(?:^|[.!?\n] {0,3}))(?:everyone"
        r"|everybody)(?: with (?:a|half a) brain)?) (?:already |should |surely )?(?:already"
        r" )?knows?\b(?! (?:each|one another|that feeling|what it|how|why|their"
        r"|someone|who|the))"
        r"|\b(?:it's|this is|that's|it is|that is|it's just|is|use some|basic"
        r"|simple|have some) (?:really |just |simply |pretty |basic |pure )?(?:common"
        r" sense|common knowledge|a no-?brainer)\b(?=[.!,;]| (?:really|that|to know))"
        r"|(?:\bnot|n't) (?:exactly )?(?:rocket science|brain surgery)\b"
        r"|\byou (?:should|ought to|must|are supposed to|'re supposed to|really should"
        r"|should really)(?: \w+)? (?:already )?(?:know|have known)(?: this| that"
        r"| better| it| already)(?=[.!,;]| by now| already)"
        r"|\bas you (?:should|ought to|must surely|surely) (?:already |really "
        r"|clearly )?(?:know|have known|be aware)\b",
    ),
    expression(
        "condescension",
        "not that hard|not that difficult|not so hard|so simple|isn't hard|isn't that"
        " hard|that complicated|isn't difficult|isn't that difficult|not hard to"
        "|not difficult to|how hard|so easy|hardly difficult",
        r"\b(?:it|this|that)(?:'s| is)(?: really)? not (?:that|so|exactly|even"
        r"|really) (?:hard|difficult|complicated)(?=[.!,;]| (?:really|to (?:understand"
        r"|grasp|get|figure|see|follow)|you know|people))"
        r"|\b(?:it|this|that) (?:really )?isn't (?:that |so |exactly |even |really )?(?:hard"
        r"|difficult|complicated)(?=[.!,;]| (?:really|to (?:understand|grasp|get"
        r"|figure|see|follow)))"
        r"|\bhow hard (?:can it be|could it be)\b|\bso (?:simple|easy|basic) (?:that"
        r" )?even you\b|\bhardly difficult\b",
    ),
    expression(
        "condescension",
        "even you|spell it|spell this|dumb it|dumb this|slowly|baby steps|keep up"
        "|small words|simple words|simple enough|for your|so you can",
        r"\beven (?:someone like |people like )?you (?:can|could|should|would|might|will|may)\b"
        r"|\b(?:let me|i'll|i will|allow me to|i have to|i guess i) (?:\w+ )?(?:spell"
        r" (?:it|this|that)(?: all)? out|dumb (?:it|this|that) down|explain (?:it"
        r"|this|that) (?:\w+ )?slowly|(?:say|put) (?:it|this) (?:very |really )?(?:slowly"
        r"|in (?:small|little|baby|tiny) words)|use (?:small|simple|short|little) words)"
        r"|\btry to keep up(?=[.!])|\b(?:words|terms|language) (?:that )?(?:even )?(?:you"
        r"|a child) (?:can|could|might|will) (?:understand|follow|grasp)\b",
    ),
    expression(
        "condescension",
        "if you had|if you'd|if you actually|if you bothered|if only you|had you "
        "|you would know|you'd know|you should have|clearly |do you even|did you even"
        "|have you even|don't you know|didn't you|how can you not|how could you not"
        "|how do you not|surprised|surely you",
        r"\b(?:if (?:only )?you(?:'d| had)?|had you)(?: (?:only|actually|even"
        r"|ever|just|really|simply))? (?:bothered|paid attention|been paying attention"
        r"|read (?:the|a|any|anything|your)|done your|looked (?:it|at|properly)"
        r"|listened|opened a|thought (?:about it|for)|studied|tried (?:thinking"
        r"|reading|looking))\b"
        r"|\b(?:you|ur) clearly (?:do not|don't|didn't|haven't|have no|have never"
        r"|can't|cannot|lack|failed|never|missed|need help|misunderst\w+)\b|(?:^"
        r"|[.!?\n] ?)clearly,? you (?:do not|don't|didn't|haven't|have no|have never"
        r"|can't|cannot|lack|failed|never)\b"
        r"|\b(?:do|did|have|can) you even (?:know|read|think|try|tried|look|looked"
        r"|listen|understand|bother|own)\b|\b(?:don't|didn't) you (?:know (?:that"
        r"|this|anything|how)|(?:ever )?(?:learn|pay attention|read|listen|google))\b"
        r"|\bhow (?:can|could|do|did|is it (?:possible )?that) you not (?:know"
        r"|understand|see|get)\b|\bi(?:'m| am) (?:\w+ )?(?:surprised|amazed|shocked"
        r"|astonished) (?:that )?you (?:don't|didn't|do not|even|have to|need"
        r"|would ask|had to)\b",
    ),
    expression(
        "condescension",
        "sweetie|sweetheart|darling|little one|buddy|pal|kiddo|dear|genius|einstein"
        "|sherlock|missy|young man|young lady|champ|buttercup|princess",
        r"(?:^|[.!?\n] {0,3}|, (?=[\w ]{0,20}[.!?])|\b(?:listen|look|oh|well|sorry|okay|ok|no|yes"
        r"|aw),? (?:here,? )?)(?:my )?(?:sweetie|sweetheart|little one|buddy|pal"
        r"|kiddo|genius|einstein|sherlock|missy|young man|young lady|champ|buttercup"
        r"|princess|dear child|poor thing)(?=[,.!?]|$)|\bno (?:kidding|duh|shit),? sherlock\b",
    ),
    expression(
        "condescension",
        "duh|bless your heart|nice try|good for you|calm down|welcome to the real"
        "|told you|already told|already explained|already said|let me guess|listen carefully"
        "|pay attention|hate to break|do i really|do i have to|i can't believe you"
        "|you wouldn't understand|too complicated for you|too advanced for|too difficult"
        " for you|beneath me|waste of my|typical question|amateur|newbie|noob"
        "|get it through|how cute|how adorable|how quaint|you poor|seriously?"
        "|really?",
        r"(?:^|[.!?\n,] {0,3}|\bwell,? )duh\b|\bbless your heart\b|(?:^|[.!?\n] {0,3})(?:nice"
        r" try|good for you|how (?:cute|adorable|quaint)|let me guess)(?=[.!,:?])"
        r"|\bwelcome to the real world\b|\b(?:as|like) i(?:'ve| have)? (?:already "
        r"|just )(?:told|explained|said|mentioned)(?: (?:to )?you)\b|\bi(?:'ve"
        r"| have)? already (?:told|explained (?:it |this )?to) you\b|\bhow many times"
        r" (?:do|must|have) i\b"
        r"|\bi hate to break it to you\b|\bdo i (?:really |seriously )?(?:have"
        r"|need) to (?:explain|tell|spell)\b|\bi can't believe (?:you|that you"
        r"|i have to)(?: \w+)? (?:asked|ask|asking|don't|didn't|need|explain)\b"
        r"|\byou wouldn't understand\b|\btoo (?:complicated|advanced|difficult"
        r"|hard|complex) for (?:you|someone like you|your)\b|\bbeneath me\b|\bget (?:it"
        r"|this) through your\b|\byou poor thing\b|\b(?:seriously|really)\?(?= (?:you"
        r"|this|that|everyone|it's|how|who|who'd|do)\b)",
    ),
    expression(
        "condescension",
        "half a brain|functioning brain|with a brain|learned this|learned that"
        "|learns this|learns that|were taught|was taught"
        "|ought to know|should know|should really know|surely you|come on|for once"
        "|attention|child's play|to ask, |draw you"
        "|hold your hand|since you obviously|since you clearly|since you apparently"
        "|apparently you|someone like you|even for you"
        "|get it, do you|understand it, do you|wouldn't know|too hard for you"
        "|too difficult for you|too much for you|make it any"
        "|make this any|back to school|what part of|never studied|never learned"
        "|never heard|too much to ask|you even|simple for you",
        r"\b(?:any(?:one|body)|everyone|everybody|someone) with (?:half )?an? (?:functioning"
        r" |working )?(?:brain|clue)\b"
        r"|\b(?:everyone|everybody|we all|most (?:people|kids|children)|people"
        r"|normal people) (?:else )?(?:learn(?:ed|s|t)?|(?:is|are|was|were) taught) (?:this"
        r"|that|it)"
        r" (?:in|at|by|before|when|back)\b"
        r"|\byou (?:really |truly |surely )?(?:ought to|should) (?:really |already "
        r"|at least )?know (?:such|better|the basics|basic|these basic|this (?:stuff"
        r"|much)|that much)\b"
        r"|(?:^|[.!?\n] {0,3}|, )surely,? you (?:have|know|must|can|don't|didn't"
        r"|do|realize|realise|are aware|remember|learned)\b"
        r"|(?:^|[.!?\n] {0,3})(?:oh,? )?come on(?=[,.!])|\b(?:listen|think|read|try) for once\b(?=[.!])"
        r"|(?:^|[.!?\n] {0,3})(?:now )?pay attention(?=[.!]| this time| for once)"
        r"|\b(?:it's|it is|that's|this is)(?: \w+)? child's play\b(?=[.!,])|\bdraw you"
        r" a (?:picture|diagram|map)\b|\bhold your hand\b(?! (?:up|out|over|in"
        r"|under|flat|steady))"
        r"|\bsince you (?:obviously|clearly|apparently)\b|\bapparently,? you (?:don't"
        r"|didn't|can't|haven't|never|need|missed|have no)\b"
        r"|\b(?:for|to|from) (?:people|someone|somebody) like you\b(?=[.!,;])"
        r"|\beven for you\b|\byou (?:still )?don't (?:get|understand) (?:it|this), do"
        r" you\b|\byou wouldn't know\b"
        r"|\btoo (?:hard|difficult|much|complex|complicated) for you(?=[.!,;]"
        r"| to (?:understand|grasp|follow|handle))|\bmake (?:it|this) any (?:simpler"
        r"|clearer|plainer|easier)\b|\b(?:go )?back to school\b(?=[.!]| and learn)"
        r"|\bwhat part of\b[^.?!\n]{0,40}\b(?:don't|didn't|do) you\b|(?:^|[.!?\n] {0,3})clearly,?"
        r" you(?:'ve| have)? never\b|\b(?:is (?:that|it)|isn't that) (?:really )?too"
        r" much to ask\b|\b(?:do|did|have|can|are|were) you even\b"
        r"|\bsimple (?:enough )?for you(?=[.!,;])",
    ),
)
