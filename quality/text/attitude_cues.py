"""The cues by which a sentence meets its reader with scorn or familiarity: single words, and turns of speech.

What is hard is likely rude by itself; what is soft stands in friendly text too, and adds to what else there is. The
words are in small letters with plain apostrophes. Every repetition is bounded.

Source: written for this project from what style guides for customer service and for chat assistants forbid; of 2,376
answers of strong models the cues and the phrases of `manners` mark a sentence in 1%, nearly all raps that were asked
for, and titles.
"""

from __future__ import annotations

from collections.abc import Mapping

HARD_WORDS = frozenset(
    str.split(
        "stupid dumb idiot idiots idiotic moron morons moronic pathetic clueless losers imbecile dimwit nitwit"
        " duh ugh pfft jeez geez sheesh meh lol lmao bruh homie xoxo gonna wanna gotta gimme lemme kinda sorta"
        " dunno ain't y'all yall cuz thx plz omg wtf tbh idk smh imo whiny moaning brainless witless gullible"
        " laughable bravo spoon-feed spoonfeed dumber dumbest sucker suckers bozo"
        " buffoon numbskull nincompoop halfwit half-wit blockhead dunce cheapskate slob slacker weirdo"
        " weirdos sheeple overhyped overrated ur dude bro freaking boo-hoo yikes"
    )
)
"""Words that an assistant has no use for; each is likely rude or too familiar by itself."""
SOFT_WORDS: Mapping[float, str] = {
    0.6: "u lazy silly absurd nonsense foolish ignorant hopeless useless worthless loser clown dummy ridiculous"
    " ashamed shameful embarrassing embarrassed excuses crap hell damn yeah yep yup nope yo sup hella nah yawn"
    " blah whining whine obviously duh seriously honestly frankly genius einstein captain huh incompetent sloppy"
    " pester pestering nagging childish crazy sucks suck junk garbage rubbish trash freak jerk creep brat"
    " hugs careless stubborn supposedly whatsoever",
    0.4: "brain brains hate bored boring annoying annoyed waste wasting wasted dull drama whatever wow ha haha hey"
    " congratulations congrats smarter selfish arrogant naive clumsy spoiled paranoid insane dare quit complaining"
    " complain bother bothering bothered pretend hurry spare rude patience sigh",
    0.3: "clearly apparently surely oh well awesome cool totally super stuff literally basically"
    " somehow tiny cares care job google simple basic easy child kid kids kindergarten grandmother toddler"
    " baby sense common rocket fault blame wrong problem faster fail failed failing mess busy tired luck slow"
    " slowly hard help even still finally again bad terrible awful horrible worse worst never please just"
    " really too",
}  # fmt: skip
_LOW_ADJECTIVE = (
    r"(?:lazy|silly|slow|dense|thick|blind|deaf|clumsy|careless|ignorant|hopeless|useless|worthless"
    r"|stubborn|naive"
    r"|selfish|arrogant|incompetent|sloppy|childish|gullible|spoiled|paranoid|stupid|dumb|foolish"
    r"|annoying|pathetic"
    r"|ridiculous|crazy|weird|cheap|boring|desperate|helpless)"
)
_NOBODY = r"(?:a|any|every|my|your|even a|even my) (?:[\w-]{1,20} )?"
_LOW_MIND = (
    r"(?:child|kid|kids|children|toddlers?|baby|monkey|hamster|ape|donkey|goat|fool|parrot"
    r"|graders?|grandma"
    r"|goldfish|caveman|potato)"
)
HARD_TURNS: tuple[str, ...] = (
    # names for the reader that only friends use, or mockers
    r"(?:^|[,.!?] |\b(?:hey|listen|look|ok|okay|sorry|well|no|yes|oh|there) )(?:my )?(?:honey|hon"
    r"|sweetie|sweetheart"
    r"|darling|babe|buddy|pal|mate|kiddo|champ|fam|chap|matey|dude|bro|genius|einstein|smarty"
    r"|smartypants|princess"
    r"|sunshine|cupcake)(?=[,.!?]|$)|[a-z], (?:man|baby)[.!]+$",
    # contempt for what the reader is or can do
    rf"\byou(?:'re| are| were|r \w{{2,12}} (?:is|are))(?: just| really| too| so| clearly| obviously"
    rf"| simply| either){{0,2}}"
    rf" {_LOW_ADJECTIVE}\b|\btoo (?:{_LOW_ADJECTIVE[3:-1]}) (?:to|for you)\b"
    rf"|\b{_NOBODY}{_LOW_MIND} (?:could|can|knows?|would|understands?)\b"
    r"|\b(?:first|second|third|elementary|grade|primary|nursery)[ -](?:grade|school"
    r"|graders?)\b[^.!?]{0,40}\b(?:you know|know"
    r"|knows|could|teach|taught)\b|\b(?:taught?|teach|learn(?:ed|t)?)\b[^.!?]{0,30}\b(?:first|second"
    r"|third) grade\b"
    r"|\bno hope (?:for|left for) you\b|\byou(?:'re| are) (?:beyond|past) (?:help|hope|saving)\b"
    r"|\bif you can(?:'t|not) (?:even )?[^.!?]{2,60}\b(?:hope|give up|hopeless|nobody can|no one can"
    r"|problem|shouldn't)\b"
    r"|\bif you can even\b|\b(?:can't|can you not|couldn't you|don't you) even\b|\byou can't even\b"
    r"|\bhow (?:can|could|do|did) you not\b|\bpeople like you\b|\byou people\b"
    r"|\bdid you (?:sleep|skip|doze|flunk|really (?:think|need|have)|seriously|honestly|not (?:learn"
    r"|listen|read|pay))"
    r"|\bwhat(?:'s| is) wrong with you\b|\bwhat did you expect\b|\bwhat (?:were|are) you thinking\b"
    r"|\b(?:surprised|amazed|shocked|a miracle|a wonder) (?:that )?you\b|\bonly have yourself\b"
    r"|\bno wonder you\b"
    r"|\byour own (?:fault|mess|ignorance|laziness|stupidity)\b|\beven you (?:can|could|should|will|might)\b"
    r"|\b(?:a person|someone|somebody|anyone) with (?:half )?a brain\b|\b(?:use|open) your (?:brain|head"
    r"|eyes)\b|\beveryone else (?:manages|can|knows|gets)\b"
    r"|\b(?:not|never) (?:just )?(?:cut out|made|meant|fit) for\b[^.!?]{0,40}\byou\b"
    r"|\byou sound like (?:one|a|an)\b"
    r"|\bonly (?:an? )?(?:fools?|idiots?|losers?|dummies|cowards?)\b",
    # indifference
    r"(?:^|[^\w\s] ?|\b(?:so|and|but) )who (?:really |even )?(?:cares|gives a)\b|\bwho knows, who\b"
    r"|\bsee if (?:i|we|anyone|anybody) cares?\b"
    r"|\b(?:not (?:that|like)|like|as if) (?:i|we|anyone|anybody|someone) (?:really )?cares?\b"
    r"|\bi (?:really |honestly |just )?(?:don't|do not|couldn't) care\b|\bfloats your boat\b|\bor whatever[.!]"
    r"|\bbe done with it\b|\bend of (?:the )?story[.!]|\bnobody (?:cares|asked|reads|gives|likes you"
    r"|wants to (?:hear|read))\b"
    r"|\bno one (?:cares|asked|gives|wants to (?:hear|read))\b|\bnot my (?:job|problem|concern)\b"
    r"|(?:^|[,.!] )your (?:loss|funeral)\b"
    r"|(?:^|[.!] )(?:so what|big deal|boo hoo|tough luck|too bad|suit yourself|take it or leave it)\b"
    r"|\bhow should i know\b|\bhow (?:would|am) i (?:supposed to )?know\b|\bcry me\b|\bfigure it out\b"
    r"|\bdeal with it\b"
    r"|\bget over (?:it|yourself)\b",
    # impatience
    r"\b(?:saying|telling you|explaining|repeating|say|explain|repeat) (?:this|it|that) (?:only )?"
    r"(?:once[.!,]|just once|one (?:more|last) time|for the last)\b|\blisten (?:up|carefully"
    r"|closely)\b[,:]? (?:because|'cause|i|you)\b"
    r"|\bhow many times (?:do|must|have|should|will) (?:i|we)\b"
    r"|\bwas that (?:so|really so|really that) (?:hard|difficult)\b|\b(?:happy|satisfied) now\?"
    r"|\bgood grief\b|\boh boy\b"
    r"|\bfor (?:heaven|goodness|god|pete|crying)(?:'s| out)\b|(?:^|[,.!] )here we go(?: again)?[.!]"
    r"|\b(?:not|isn't|ain't)(?: exactly| really)? rocket science\b|\bi shouldn't have to\b"
    r"|\bdo i (?:really )?(?:have|need) to\b"
    r"|\bi can(?:'t|not) believe (?:i|you|that you|we)\b|\bwhy (?:should|do|must|am) i (?:have|even"
    r"|bother|always|waste|care)\b"
    r"|\bi(?:'ve| have)(?: got)? (?:nothing|better things|more important things"
    r"|something) (?:better )?to do\b"
    r"|\bnext time,? (?:use|try|think|read|google|look|do|ask|search)\b|\bbefore you (?:bother|waste"
    r"|annoy|pester)\b"
    r"|\bstop (?:being|asking|wasting|whining|complaining|bothering)\b|\bquit (?:asking|whining|complaining|wasting)\b"
    r"|\bi (?:don't|do not) have (?:the )?(?:time for|all day|patience|the patience)|\bno patience\b"
    r"|\bthis again\b"
    r"|\btry (?:reading|thinking|listening) (?!to|about|of|for)|\bjust google\b|\bgoogle it\b"
    r"|\blook it up yourself\b"
    r"|\bwast(?:e|ing) (?:of )?my time\b|\bmake it quick\b|\bcalm down[,.!]|\bgrow up[.!,]|\bgo away\b"
    r"|\bshut up\b",
    # ridicule of the matter
    r"\b(?:is|are|was|looks?|sounds?)(?: just| complete| total| absolute| utter| some| pure| such"
    r"| a bunch of| a load of"
    r"| full of){0,2} (?:garbage|trash|rubbish|junk|crap|nonsense|(?:a )?joke|a disgrace"
    r"|an embarrassment|painful to)\b"
    r"|\bwhat a (?:joke|mess|waste|disaster|silly|ridiculous|pointless|boring|weird|lazy"
    r"|strange) ?(?:\w+)?[.!?]"
    r"|\b(?:some|such) nonsense\b|\b(?:painful|awful|terrible|horrible|embarrassing|torture) to (?:read|watch"
    r"|look|hear|listen)\b"
    r"|\bdrives? (?:me|us|everyone) (?:crazy|mad|insane|nuts)\b|\bshuts? up\b",
    # praise that mocks
    r"\bwhat could possibly go wrong\b|\b(?:look|guess) who(?:'s)?\b[^.!?]{0,30}\b(?:finally|decided|bothered)\b"
    r"|\bdo (?:yourself|me|us|everyone) a favou?r\b|(?:^|\b(?:but|oh|yeah) )sure, (?:go ahead|why not)\b"
    r"|^(?:oh )?(?:sure|yeah|right|great|wow|oh|of course),? (?:because|as if|like|since|go ahead)\b"
    r"|\bmust be (?:nice|tough|hard) (?:being|to be|for you)\b|\bhow (?:adorable|cute|original"
    r"|precious) (?:of you|that you)\b"
    r"|\bslow clap\b|\bgold star\b|\bwhat a surprise[.!]|\bwho would have (?:thought|guessed)[.!?,]"
    r"|\bgood luck with that\b"
    r"|\bisn't it obvious\b|\bof course you (?:don't|can't|didn't|would|did)\b|\bmy (?:dear"
    r"|poor) (?:friend|child|boy)\b"
    r"|^as if (?:that|it|you|i|anyone)\b[^.!?]{0,40}[.!]",
)
"""Turns that are rude by themselves, by what they do."""
SOFT_TURNS: Mapping[float, str] = {
    0.6: r"\byou (?:should|ought to|really should) (?:really |already |probably |at least )?(?:know"
    r"|have known|be able)\b"
    r"|\byour (?:fault|mess|question|little)\b"
    r"|\b(?:any|every)(?:one|body| \w+) (?:could|can|would|should|knows?)\b"
    r"|\b(?:don't|do not) (?:even |you )?(?:bother|dare|expect)\b"
    r"|\byou (?:clearly|obviously|apparently|lot)\b|\bhow (?:hard|difficult) \w+ it\b|\b(?:really"
    r"|seriously|honestly)\?"
    r"|\bgo (?:and|ask|read|find)\b|\bcome on\b|\bsome people\b|\blike you\b|\bif you ask me\b|\bi guess\b",
    0.4: r"\b(?:are|can't|couldn't|don't|didn't|have|haven't|did|do) you\b[^.!?]{0,60}\?"
    r"|(?<!if )(?<!when )(?<!what )(?<!that )(?<!thing )\byou (?:don't|do not|can't|cannot|won't|never"
    r"|still) "
    r"|\bi (?:don't|do not|won't) (?:want|feel|see why)\b"
    r"|\byou\b[^.!?]{0,60}\b(?:right|do you|don't you|aren't you|can you|will you|would you|okay|ok|huh)\?"
    r"|\b(?:not that|no,|well,|so,|but) (?:i|you)\b|\b(?:ever|even|you never|haven't you) (?:heard"
    r"|thought|tried)\b"
    r"|\b(?:never|hardly|barely|nobody|no one)\b[^.!?]{0,50}\byou(?:r|'re|'d|'ll|'ve)?\b"
    r"|\b(?:stop|quit|enough|spare|save) (?:me|us|it)\b"
    r"|\bi (?:expect|suppose|assume|doubt|bet|imagine) (?:you|that|it)\b|\bmy (?:time|patience)\b",
    0.3: r"!|\?|\byou(?:r|'re|'ve|'d|'ll)?\b|\bi(?:'m|'ve|'d|'ll)?\b|\b(?:maybe|perhaps) you\b|\.\.\.|…"
    r"|\byourself\b",
}
