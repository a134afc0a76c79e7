"""Brush-offs: what sends a reader away instead of helping."""

from __future__ import annotations

from quality.text.manners.expression import START, expression

BRUSH_OFFS = (
    expression(
        "brush-off",
        "google|look it up|look that up|look this up|search engine|search for it|wikipedia|bing it",
        rf"(?:{START}(?:why (?:don't|not|can't|couldn't) you |you (?:can|could"
        rf"|should|might|may|need to|have to|must) (?:just |simply |easily |always )?"
        rf"|(?:try|go|or|then|simply|maybe|perhaps|next time|have you tried) )?(?:just"
        rf" |simply |go (?:and )?|to )?"
        r"(?:google(?:d|ing)?|bing) (?:it|that|this|for it|for (?:that|this)|the answer|yourself)\b)"
        rf"|{START}(?:just |simply |go (?:and )?|why (?:don't|not) (?:you )?(?:just )?"
        rf"|you can (?:just |simply |easily )?"
        rf"|you (?:could|should) (?:just |simply )?)?(?:look|search) (?:it|that"
        rf"|this) up(?: (?:yourself|online|on your own|on google|somewhere))?(?=[.!?]"
        rf"|$)"
        r"|\b(?:just|simply|go) (?:use|try|ask|check|open|consult|read) (?:google"
        r"|a search engine|wikipedia|your textbook)\b|\b(?:that|this|it)(?:'s"
        r"| is) what (?:google|search engines|dictionaries|wikipedia) (?:is|are) for\b"
        r"|\b(?:just|simply) (?:google|look up|search)\b(?= \w+ (?:and|if)\b|[^.!?\n]{0,40}(?:yourself"
        r"|instead of asking))|\bgoogle is your friend\b",
    ),
    expression(
        "brush-off",
        "yourself|on your own|your own",
        rf"\b(?:figure|work|sort|find|puzzle) (?:it|that|this|things|the rest|something)(?:"
        rf" all)? out (?:for )?(?:yourself|on your own|by yourself)(?=[.!,]|$)"
        rf"|{START}(?:just |simply |go (?:and )?|you can |you could |you should )?(?:do"
        rf"|find|solve|write|check|answer|look for|count|calculate|translate|read"
        rf"|try) (?:it|that|this|them) (?:all )?(?:for )?yourself(?=[.!,]|$)"
        rf"|{START}(?:just |simply |go (?:and )?|you (?:can|could|should) )?(?:do"
        rf"|write) your own (?:homework|work|dirty work|essay|job|thinking)\b"
        rf"|(?:^|[.!?\n] {{0,3}})you(?:'re| are) on your own(?: here| now| with (?:this|that))?(?=[.!]|$)",
    ),
    expression(
        "brush-off",
        "figure it out|figure that out|work it out|deal with it|get over it|suck it"
        " up|live with it|try harder|think for yourself|rtfm|manual|take it or leave"
        " it|too bad|tough luck|so what|whatever|who cares|bother",
        rf"{START}(?:just |simply |go |you(?:'ll| will)? (?:just |simply )?(?:have to"
        rf" |can |need to |should |must |figure )?|i'm sure you(?:'ll| can| will) )?(?:figure"
        rf"|work) (?:it|that|this) out(?=[.!]|$)|{START}(?:just )?(?:deal with it"
        rf"|get over it|suck it up|live with it|try harder|rtfm|take it or leave it"
        rf"|too bad|tough luck|so what|whatever|who cares)(?=[.!?]|$)|(?:^|[.!?\n] {0, 3}"
        rf"|\b(?:but|and|so|really),? )who (?:really |even )?cares(?: (?:about"
        rf"|what|if|how)|[.!?])|\bread the (?:\w+ )?manual[.!]|\btoo bad for you\b"
        rf"|\bnot (?:even )?worth (?:my|the) (?:time|effort|bother)(?: (?:answering"
        rf"|explaining))?\b(?= (?:answer|explain|to)|[.!])",
    ),
    expression(
        "brush-off",
        "i don't|i do not|i couldn't|i could not|i can't|i cannot|i'm not|i am not"
        "|i won't|i have better|i haven't|i've got better|i refuse|i'd rather"
        "|i really don't|i'm too|i'm busy|i am too|i am busy|i'm tired|i'm sick"
        "|i have no time|i've no|i've had|i have no interest|i am tired|i am sick"
        "|i feel like",
        r"\bi (?:really |honestly |simply |just |frankly )?(?:don't|do not|couldn't"
        r"|could not) (?:really |even |honestly |actually )?(?:care(?: less)?(?=[.!,;]"
        r"|$| (?:about (?:your|this|that|it)|what you|if you|whether you|how you"
        r"|enough))|give an?\b|feel like\b|have (?:the )?time (?:for (?:this|that"
        r"|your|such)|to (?:help|answer|explain|deal|teach|do (?:this|that|your)"
        r"|look))\b|want to (?:help"
        r"|answer|do|explain|deal|bother|talk)|see why i should|need to (?:help"
        r"|explain|answer))"
        r"|\bi (?:can't|cannot|couldn't|won't) be (?:bothered|arsed)\b|\bi(?:'m"
        r"| am) not (?:going to |gonna )(?:bother|waste|help|do (?:it|this|that"
        r"|your|all)|explain|answer|write (?:it|this|that)|repeat|spend|hold your)"
        r"|\bi won't (?:bother|waste|do (?:it|this|that|your)|help|repeat|explain (?:it"
        r"|this|that) again)"
        r"|\bi(?:'m| am) not your (?:mother|mom|secretary|servant|maid|slave|teacher"
        r"|therapist|search engine|tutor|assistant)\b|\bi(?:'m| am) not (?:paid"
        r"|here) to (?:do|babysit|hold|teach|think)|\bi(?:'ve got| have) (?:better"
        r"|more important|other) things to do\b|\bi(?:'m| am) (?:too |very |so )?(?:busy"
        r"|tired|lazy) (?:right now|to (?:help|explain|answer|do|write|deal|look"
        r"|bother)|for this)\b|\bi(?:'m| am) (?:sick|tired|sick and tired) of (?:you"
        r"|your|this|these|answering|people|repeating|explaining)|\bi(?:'ve| have) no"
        r" (?:interest|time|intention|desire) (?:in|for|of|to) (?:help|answer"
        r"|do|explain|this|that|your|such)\w*",
    ),
    expression(
        "brush-off",
        "not my|none of my|your problem|isn't my|is not my|someone else|somebody else"
        "|ask me|stop asking|leave me|go away|waste my|wasting my|bother me|bothering"
        " me|not interested|how should i know|how would i know|how am i supposed"
        "|beats me|no clue|don't ask|ask your|hire someone|good luck with that"
        "|next question|next!|stop wasting|why should i|why would i",
        r"\b(?:that|it|this)(?:'s| is)? (?:really |simply |just |definitely |so )?(?:not"
        r"|isn't|ain't) my (?:job|problem|concern|business|responsibility|department"
        r"|fault|issue)\b|\b(?:not|isn't) my (?:job|problem|concern|department)(?=[.!,]"
        r"|$| to)|\bnone of my (?:business|concern)\b|\b(?:that|it|this)(?:'s"
        r"| is| sounds like) (?:a )?(?:your|you) problem\b|\byour problem, not mine\b"
        rf"|{START}(?:(?:just|go|please|maybe|why don't you|you can|you should"
        rf"|you could|you'd better|better) (?:and )?)(?:ask|bother|find) (?:someone"
        rf"|somebody) else\b(?=[.!?]|$| (?:to|who|about|with|for))|{START}(?:ask"
        rf"|bother|find) (?:someone|somebody) else(?=[.!]|$)"
        rf"|\b(?:don't|do not|stop|quit) (?:ask(?:ing)?|bother(?:ing)?|pester(?:ing)?"
        rf"|wast(?:e|ing)) (?:me(?=[.!]|$| (?:again|with (?:this|that|such|these"
        rf"|your)|that|about (?:this|that)))|my (?:time|day)|(?:these |such |so many "
        rf"|silly |stupid |dumb )+questions)\b|\bleave me (?:alone|out of)\b|{START}go"
        rf" away(?=[.!,])|\b(?:wast(?:e|ing)) (?:of )?my time\b|\bwhy (?:should"
        rf"|would) i (?:care|help|bother|do|know|tell|waste|answer|explain)\b|\bwhy are"
        rf" you (?:asking me|even asking|bothering)\b|\bhow (?:should|would) i know\b"
        rf"|\bhow am i supposed to know\b|{START}(?:beats me|not interested|next question"
        rf"|good luck with that|no clue|no idea, sorry|dunno)(?=[.!,]|$)",
    ),
    expression(
        "brush-off",
        "search for|search it|search this|search that|search the|search online"
        "|i refuse|read one|read them|read it|=book|=books"
        "|textbook|manual|dictionar"
        "|not me|not my|i'm busy|busy right|busy today|i'm too busy|i'm very busy|i'm really busy|i am busy|i'm done"
        "|i am done|no more questions|enough questions|enough of this|don't care"
        "|want me to do about|wasting|worth my time|rather not",
        rf"{START}(?:just |simply |go (?:and )?)?search (?:for )?(?:it|that|this"
        rf"|the (?:web|internet)) (?:online|yourself|on the (?:web|internet))?(?=[.!,]"
        rf"|$)|{START}(?:just |simply |go (?:and )?)?search (?:for (?:it|that|this) )?online(?=[.!,]"
        rf"|$)"
        r"|\bi refuse to (?:waste|bother|explain|do your|help|spend|deal|repeat)\b"
        rf"|{START}(?:just |simply |maybe |why not |you should |you could |try to "
        rf"|go (?:and )?)?(?:read|open|buy|get) (?:a|some|your|the) (?:damn |bloody "
        rf"|freaking )?(?:book|textbook|manual|dictionary)s?(?=[.!]|$| (?:and leave"
        rf"| for once| instead| already))|\bso (?:go )?read (?:one|them|it)(?=[.!])"
        rf"|{START}(?:go )?ask (?:your|a|the|some)[ \w]{{2,30}}, not me\b|(?:^"
        rf"|[.!?\n] {{0,3}})not my (?:circus|monkeys)\b"
        r"|\bi(?:'m| am) (?:too |very |really |kind of )?busy(?=[.!,]|$| (?:right now"
        r"|today|with better|at the moment))|\bi(?:'m| am) done (?:here|answering"
        r"|helping|explaining|with (?:you|this|your))\b|(?:^|[.!?\n] {0,3})(?:no more"
        r" questions|enough (?:questions|of this|already))(?=[.!,])"
        r"|\b(?:don't|do not|didn't) know,? (?:and )?(?:i )?(?:really |frankly )?(?:don't"
        r"|do not) care\b|\bwhat do you want me to do about (?:it|that)\b|\bnot worth"
        r" my time\b|\byou(?:'re| are) wasting (?:my|everyone's|our) time\b|\bi(?:'d"
        r"| would) rather not(?=[.!])",
    ),
)
