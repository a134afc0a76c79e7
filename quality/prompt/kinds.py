"""The sort of answer that an instruction wants: a word, a list, code, an essay; read from scoped text.

Explicit formats come first, then the first thing that the instruction tells someone to do, then its first question.
"""

from __future__ import annotations

import re

from quality.prompt.numbers import NUMBER

KINDS = (
    "one_word",
    "yes_no",
    "choice",
    "number",
    "sentence",
    "list",
    "code",
    "data",
    "translation",
    "rewrite",
    "creative",
    "letter",
    "essay",
    "explain",
    "question",
    "open",
)
"""From a word to a long text; `open` where nothing tells."""

_FORMATS = (
    ("format:one_word", "one_word"),
    ("format:yes_no", "yes_no"),
    ("detectable_format:json_format", "data"),
    ("format:yaml", "data"),
    ("format:csv", "data"),
    ("format:xml", "data"),
    ("format:table", "data"),
    ("format:ascii_art", "data"),
)

_LANGUAGES = (
    r"python|javascript|java|typescript|c\+\+|c#|rust|ruby|golang|php|sql|html|css|bash|powershell|"
    r"matlab|latex|swift|kotlin|scala|"
    r"perl|haskell|lua|luau|excel|regex|arduino|solidity|verilog|assembly|malbolge|lean"
)
_NOUNS = {
    "code": rf"(?:{_LANGUAGES})(?: \w+){{0,2}}? (?:code|function|script|program|query|class|syntax|"
    rf"command|snippet|formula)s?|code|codes|"
    r"functions?|programs?|algorithms?|sql quer(?:y|ies)|regex|regular expression|code snippets?|css|"
    r"html(?: page)?|website code|"
    r"discord bot|data structure|(?:code|programming) problem|excel (?:function|formula)s?(?: names?)?|"
    r"bash script|script (?:in|that|which|to|for printing)|workflow|fen",
    "data": r"tables?(?! of contents)|tables? chart|spreadsheet|data model|database schema|json|yaml|csv|"
    r"xml|ascii|sudoku|abc notation|emojis",
    "creative": r"stor(?:y|ies)|tales?|fables?|poems?|sonnets?|haikus?|limericks?|songs?|lyrics|raps?|"
    r"verses?|riddles?|jokes?|plays?|"
    r"screenplays?|scenes?|dialogues?|novels?|monologues?|eulogy|ballads?|odes?|skits?|scripts?|movie "
    r"pitch|pitch|villanelle|puns?|"
    r"parody|fan ?fiction|chapters?|character|pokémon|mnemonics?",
    "letter": r"letters?|e-?mails?|messages?|notes?|memos?|repl(?:y|ies)|responses?|resignation|"
    r"invitations?|cover letters?|"
    r"announcements?|apolog(?:y|ies)|resumes?|cv|bio(?:graph(?:y|ies))?|advertisements?|ads?|ad copy|"
    r"problem|challenge|puzzle|slide|product descriptions?|job descriptions?|"
    r"descriptions?|linkedin|profile|introduction|review|template|posts?|jira ticket|listing|"
    r"questionnaire|questioner|rubric|quiz",
    "essay": r"essays?|articles?|blog ?posts?|blogs?|speech(?:es)?|reports?|proposals?|papers?|thesis|"
    r"white ?papers?|bibliography|"
    r"dissertation|blog post|lesson plans?|book|critique|business plan|presentation|chronology|curriculum",
    "explain": r"recipes?|plans?|itinerar(?:y|ies)|guides?|instructions|steps|routines?|workouts?|"
    r"explanations?|proofs?|schedule|"
    r"tutorial|overview|analysis|comparison|advice|outline|strategy",
    "rewrite": r"(?:(?:brief|short|concise|one-sentence|quick) )?summar(?:y|ies|i[sz]ation)|paraphrase|"
    r"tl;?dr",
    "list": r"lists?|ideas|suggestions|examples|names|tips|titles|keywords|hashtags|synonyms|antonyms|"
    r"questions|options|ways|(?<!your )reasons|"
    r"topics|subtopics|facts|slogans|punch lines|items|things|words|quotes|hooks|resources|benefits|"
    r"adjectives|spells|"
    r"recommendations|playlists?|palette|bullet points|pros and cons|sentences|phrases|templates|books|"
    r"movies|games|snacks|links|stories",
    "sentence": r"titles?|name|slogan|tagline|motto|captions?|tweets?|acronym|headlines?|quote|one[- "
    r"]sentence|sentence|phrase|question|"
    r"twitter bio|hook|pun|flavor|(?:new|the|a|another|one) word|fact|nickname|subject line|formula|"
    r"definition|hack|tip|joke",
}
_MAKE = (
    r"write|compose|create|generate|draft|make|produce|give|tell|come up with|provide|prepare|craft|"
    r"design|build|invent|pen|develop|"
    r"need|want|help me with|send me|suggest|implement|show|bring|find|think of|curate|plan|propose|"
    r"hallucinate|have you|make up|"
    r"output|structure|set up|publish|adding|(?:answer|respond|reply) (?:only with|with only)"
)
_MADE = re.compile(
    rf"\b(?:{_MAKE})\b(?:(?!\b(?:about|because|describing|regarding|based on|which|when|where|why|how|if|"
    rf"whether|given|following|this|these|read)\b)[^.?!\n:;\ufffc]){{0,90}}?"
    + r"\b(?:"
    + "|".join(f"(?P<{kind}>{nouns})" for kind, nouns in _NOUNS.items())
    + r")\b"
)
_START = (
    r"(?:^|[.!?;:,\n\ufffc][ \t]{0,8}|- |\bplease |\bcan you |\bcould you |\bwould you |\byou (?:to|"
    r"should|must|need to|will|can) (?:be required to )?|"
    r"\bto |\band |\bthen |\bhelp me |\blet's |\bkindly |\btask is to )"
)
_DO: tuple[tuple[str, str], ...] = (
    ("code", rf"(?:parse|convert|translate|rewrite|port) [^.?!\n]{{0,60}}?\b(?:into|to|in) (?:an? |the "
    rf")?(?:{_LANGUAGES})\b|debug|refactor"),
    ("translation", r"translate"),
    (
        "choice",
        r"classify|categori[sz]e|label (?:the|this|each)|decide (?:whether|if|which)|determine "
        r"(?:whether|if|which)|tell (?:me )?(?:whether|if)|"
        r"identify (?:whether|if|the pos tag)|detect if|predict (?:whether|if)|choose (?:a|the|one|from|"
        r"between|which)|select (?:the|one|which)|"
        r"pick (?:the|one)|verify (?:if|the correctness)|check if|which (?:of|one)|find out (?:which|the "
        r"largest)|output (?:yes|true|1|positive|\ufffc)",
    ),
    (
        "number",
        r"calculate|compute|count|solve(?: \w+){0,2} (?:equations?|system|sum|math|maths)|evaluate the "
        r"(?:integral|expression)|sum|add up|"
        r"estimate how many|convert(?:ing)?(?: [\w.:·–-]+){1,8}? (?:time|measurement|celsius|fahrenheit|"
        r"kg|km|miles|dollars|euros)|"
        r"find the (?:sum|area|value|length|mean|median|average)",
    ),
    ("data", r"solve(?: \w+){0,3} sudoku"),
    (
        "rewrite",
        r"rewrite|paraphrase|summari[sz]e|summari[sz]ation|simplify|shorten|edit|correct|proofread|fix|"
        r"improve|rephrase|expand (?!on)|replace|fill in|"
        r"complete|capitalize|reword|revise|convert|extract|add (?:things|comments|punctuation)|sort|"
        r"retrieve|condense|remove|reorder|"
        r"make a one-sentence summari\w+|tldr|tl;dr|parse|format|link all|transform|turn (?:the|this)|"
        r"change (?:the|this)",
    ),
    (
        "explain",
        r"explain|describe|discuss|elaborate|expand on|compare|contrast|analy[sz]e|outline|teach|walk me|"
        r"introduce|prove|define|show me how|"
        r"tell me (?:about|how|why|more|something)|act as|pretend|assume the persona|examine|evaluate|"
        r"review|critique|interpret|consider|"
        r"i want you to act|plan|imagine|talk about|learn|teach me|help",
    ),
    (
        "question",
        r"(?:name|suggest|recommend|mention) (?:an?|one)(?= )(?! (?:few|couple|list|number of|series|range|variety"
        r"|set|dozen|handful|bunch|some))",
    ),
    (
        "list",
        r"list|name|suggest|recommend|brainstorm|enumerate|rank|top \d+|provide some|give (?:me )?some|"
        r"come up with (?:some|several|the)|think of some|"
        r"identify|enter the words|find|ideas for|mention",
    ),
    ("sentence", r"come up with an?"),
    ("letter", r"reply|respond|react|turn down|decline|introduce yourself|complain"),
    ("open", r"tell|say|write|create|make|complete|answer|play|generate"),
)  # fmt: skip
_DONE = re.compile(
    _START + r"(?:" + "|".join(f"(?P<k{n}>{verbs})" for n, (_, verbs) in enumerate(_DO)) + r")\b"
)
_ASKED: tuple[tuple[str, str], ...] = (
    ("number", r"how (?:many|much|far|old|tall|large|big|fast|heavy)\b|how long (?:is|does|did|will|was)\b"),
    (
        "explain",
        r"how\b|why\b|do you know (?:how (?!to)|why|anything|something)|(?:can|could|would) you "
        r"(?:please )?(?:help|explain|describe|tell)|best way to|"
        r"i(?:'d| would)? (?:like|want|need) to (?:learn|get|know|understand|start|talk|become)|what "
        r"(?:if|causes|happens|makes|would|is the (?:difference|best way|process)|are the differences)\b|"
        r"in what way",
    ),
    (
        "list",
        r"what (?:are|were)\b|which (?:\w+ )?(?:are|were|parts|places|movies|books)\b|what (?:\w+ "
        r"){0,3}?(?:things|ways|tips|steps|places|foods|companies|"
        r"niches|options|books|movies|songs|music|recipes|usp|equipment)\b|any (?:suggestions|tips|ideas|"
        r"recommendations)|"
        r"(?:do you have|are there|is there) (?:\w+ ){0,2}?(?:suggestions|tips|ideas|recommendations|tools)",
    ),
    ("question", r"who\b|whom\b|whose\b|when\b|where\b|which\b|whats?\b|what's\b"),
    (
        "question",
        r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|should|shall|may|might|"
        r"isn't|aren't|don't|doesn't)"
        r" (?:there |the |a |an |i |you |we |they |he |she |it |\w+ )",
    ),
)
_QUESTION = re.compile(
    r"(?:^|[.!?;:,\n][ \t]{0,8}|\b(?:me|and|so|but|know|question|explain|hi|out|find|it's|about) )(?:"
    + "|".join(f"(?P<q{n}>{words})" for n, (_, words) in enumerate(_ASKED))
    + r")"
)
_WHY = re.compile(r"\b(?:explain|why|reason(?:ing)?|justify|otherwise|if not)\b")
_BARE = re.compile(rf"^(?:{NUMBER}|some|a few) (?:\w+ ){{0,3}}?\w+s\b(?! (?:is|are|was|were|has|have|and))")
_ANYWHERE = re.compile(
    r"\b(?:(?P<explain>how|why|what (?:if|causes|happens))|(?P<list>what are)|(?P<question>who|when|"
    r"where|which|what|whats))\b"
)
_REASONED = re.compile(
    r"\b(?:explain|step[- ]by[- ]step|reasoning|and why|describe|show your work|in details?|justify|"
    r"compare|what should i)\b"
)
_OPTIONS = re.compile(
    r"\b(?:output|answer|respond|reply|return|say|outpus|outputs)\b[^.\n]{0,40}?(?:\ufffc| true\b| "
    r"positive\b| 1 )[^.\n]{0,40}?\b(?:or|and|if)\b"
    r"|\btrue,? (?:or )?false\b|\btopic candidates\b|\b(?:options|choices|categories|labels) (?:are|"
    r"include|:)|\bmultiple choice\b"
    r"|\bcorrect option\b|\bchoose from\b|\bone of the (?:following|categories)\b"
)

_OPTION_HINTS = (
    "\ufffc",
    "true",
    "positive",
    " 1 ",
    "topic cand",
    "options",
    "choices",
    "categories",
    "labels",
    "multiple",
    "correct opt",
    "from",
    "one of",
)


def kind_of(text: str, asked: frozenset[str], whole: str = "") -> str:
    """The kind of `KINDS` that fits.

    Args:
        text: The scoped text.
        asked: The kinds of the asks found in it.
        whole: The instruction in lower case; a question may stand where no ask counts ("Answer the
            following: …").
    """
    head = text[:4000].strip()
    made, done = _MADE.search(head), _DONE.search(head)
    if made and made.lastgroup == "code":
        return "code"
    for ask, kind in _FORMATS:
        if ask in asked and not (kind == "yes_no" and _WHY.search(head)):
            return kind
    reasoned = bool(_REASONED.search(head))
    if any(hint in head for hint in _OPTION_HINTS) and _OPTIONS.search(head) and not reasoned:
        return "choice"
    kind = _told(made, done) or _questioned(head, whole[:4000])
    if reasoned and kind in ("number", "question", "choice", "sentence"):
        return "explain"
    return kind


_VAGUE = ("open", "explain", "list", "question")
"""Kinds of an imperative that what is to be made tells better."""


def _told(made: re.Match[str] | None, done: re.Match[str] | None) -> str:
    """The kind that the first imperative wants; "" without one."""
    told = _DO[int((done.lastgroup or "k0")[1:])][0] if done else ""
    if made and done and told not in _VAGUE and done.start() <= made.start():
        return told
    if made and (not done or made.start() <= done.end() or told in _VAGUE):
        return made.lastgroup or ""
    return "" if told == "open" else told


def _questioned(text: str, whole: str) -> str:
    if _BARE.match(text):
        return "list"
    for part in (text, whole):
        asked = _QUESTION.search(part)
        if asked:
            return _ASKED[int((asked.lastgroup or "q0")[1:])][0]
    if "?" in whole:
        anywhere = _ANYWHERE.search(whole)
        return (anywhere.lastgroup or "question") if anywhere else "question"
    return "open"
