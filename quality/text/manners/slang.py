"""Slang: the words of chats and of the street."""

from __future__ import annotations

from quality.text.manners.expression import expression

WORDS = frozenset(
    str.split(
        "gonna wanna gotta gimme lemme kinda sorta dunno ain't y'all yall outta coulda"
        " shoulda woulda whatcha betcha innit wassup"
        " whaddup whassup imma finna tryna cuz coz bcuz becuz doin' goin' nothin' somethin'"
        " lol lolz lmao lmaoo rofl omg idk tbh"
        " smh ngl ikr nvm brb ffs btw thx thnx plz pls gr8 l8r m8 2nite 2moro ppl h8"
        " cya wud cud dat's bruh brah homie homies dawg"
        " broski peeps lowkey highkey yeet yeeted bussin hella totes noob noobs pwned"
        " n00b n00bs prolly obvs whatevs srsly cray"
        " turnt chillax rizz skibidi deadass periodt freakin freakin' freaking frickin"
        " frickin' frigging badass kickass kick-ass"
        " booya whoopsie okie-dokie okey-dokey fugly nah"
    )
)
"""Words of chat that have no other use."""

PHRASES = (
    expression(
        "slang",
        " af| rn",
        r"\b(?:as|funny|cool|good|bad|tired|hot|easy|hard|dumb|boring|annoying"
        r"|awesome|simple) af\b|\b(?:busy|here|need|it|right|this|that) rn\b",
    ),
    expression(
        "slang",
        "=u|=ur|=tho",
        r"\bur (?:right|wrong|welcome|question|answer|\w+ing|so|the|a|not|best"
        r"|own)\b|(?:^|(?<=[.!?\n] )|\b(?:if|and|do|can|but|hope|what|how|are"
        r"|r|when|that|so|for|to|of|with|let|see|thank|love|because|want|help"
        r"|give|tell|ask) )u (?:r|are|can|will|should|need|want|have|do|know|get"
        r"|see|could|might|must|just|were|think|like|use|find|would|gotta|wanna"
        r"|gonna|to|go)\b"
        r"|\bu r\b|\br u\b|\b(?:see|thank|love|for|with|help|miss) u(?=[.!?,](?!\w)|$)|(?<=[a-z]) tho(?=[.!?,]|$)",
    ),
    expression(
        "slang",
        "=bro|=dude|=bestie|=fam|my guy|=yo|=sup",
        r"(?:^|[.!?\n] {0,3}|, |\b(?:hey|yo|sup|listen|look|ok|okay|sorry|well"
        r"|yeah|yep|nah|no|man|what's up|thanks),? (?:my )?)(?:bro|dude|bestie"
        r"|my dude|my guy)(?=[,.!?]|$)|(?:^|[.!?\n] {0,3})(?:yo|sup)(?=[,!?]| (?:what"
        r"|dude|bro|my|there|so)\b)|(?<=[a-z] )fam(?=[.!]|$)",
    ),
    expression(
        "slang",
        "no cap|on fleek|fo sho|fo shizzle|kick ass|okie dokie|=lit|=sus|=dope"
        "|=cringe|=legit|=sucks|my bad|=nah|=nope|=yup|=yep|=yeah|=meh|=ugh|easy peasy",
        r"\b(?:no cap(?=[.!?,]|$)|on fleek|fo sho|fo shizzle|kick ass|okie dokie|easy peasy)(?!\w)"
        r"|\b(?:super|pretty|so|totally|mad|really|straight up|it's|that's"
        r"|looks) (?:sus|dope|cringe|legit)(?=[.!?,]|$)"
        r"|\b(?:it|that|this|which|life|weather|really|totally|so) sucks\b(?! (?:in"
        r"|up|out|air|water|blood|the))|\bmy bad(?=[.!?,]|$)|(?:^|[.!?\n] {0,3})(?:nah"
        r"|nope|yup|yep|yeah|meh|ugh)(?=[,.!?]|$)",
    ),
)  # fmt: skip
