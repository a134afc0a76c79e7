"""How far LanguageTool's rules are believed, as measured.

On the JFLEG development half and on answers of strong models, as for Harper. Most of its rules fired too seldom to be
measured one by one and are trusted as their category is, by its identifier, which is the same in every language.
"""

from __future__ import annotations

from quality.engines import Match
from quality.engines.trust import (
    ARTICLE,
    BOUNDARY,
    CAPITALIZATION,
    GRAMMAR,
    MISSPELLING,
    OPTIONAL_COMMA,
    PUNCTUATION,
    WORDING,
    Excuse,
    Trust,
    is_article,
    word_of,
    words,
)

CODE_BY_KIND = {
    "GRAMMAR": GRAMMAR,
    "CONFUSED_WORDS": GRAMMAR,
    "TYPOS": MISSPELLING,
    "CASING": CAPITALIZATION,
    "COLLOCATIONS": WORDING,
    "NONSTANDARD_PHRASES": WORDING,
}
_HOUSE_STYLE = words(
    "ABOUT_ITS_NN ACCORDING_TO_ME ADMIT_ENJOY_VB ADVERB_OR_HYPHENATED_ADJECTIVE APPRECIATE_IF"
    " ARTICLE_ADJECTIVE_OF A_HEADS_UP A_UNCOUNTABLE BU COLLECTIVE_NOUN_VERB_AGREEMENT_VBP"
    " DISCUSSIONS_AROUND DOS_AND_DONTS EN_SPECIFIC_CASE ER EVERYDAY_EVERY_DAY EXCITED_FOR FEWER_LESS"
    " FILE_EXTENSIONS_CASE FIRST_PERSON_SHOOTER GRADUATE_FROM HAVE_A_BREAKFAST IF_IS IF_OF IS_US"
    " KEY_WORDS LEARN_NNNNS_ON_DO LETS_LET LIGATURES MANY_FEW_UNCOUNTABLE MANY_NN_U MASS_AGREEMENT"
    " NON_STANDARD_WORD NORTH_POLE PHRASE_REPETITION PILATES POSSESSIVE_APOSTROPHE THE_FRENCH"
    " THE_SUPERLATIVE THIRD_WORLD UPPERCASE_SENTENCE_START VBG_THEYRE"
)
"""Rules of trusted categories that flagged answers of strong models or corrections more than learners' sentences.

Small starts of sentences are our own patterns' task: LanguageTool sees them in every heading and list.
"""
_HOUSE_STYLE_PARTS = ("_HYPHEN", "_COMPOUND", "_DIACRITICS")
"""Parts of the names of rules that ask for one of two spellings in use."""

CODE_BY_RULE = {
    "EN_A_VS_AN": ARTICLE,
    "I_LOWERCASE": CAPITALIZATION,
    "ENGLISH_WORD_REPEAT_RULE": GRAMMAR,
    **dict.fromkeys(words("EVERY_BODY ANY_BODY THERE_FORE NOW_A_DAYS EN_SPLIT_WORDS_HYPHEN"), BOUNDARY),
    **dict.fromkeys(
        words(
            "SENT_START_CONJUNCTIVE_LINKING_ADVERB_COMMA MISSING_COMMA_AFTER_INTRODUCTORY_PHRASE DOUBLE_PUNCTUATION"
        ),
        PUNCTUATION,
    ),
}


def _comma_is_optional(match: Match, text: str) -> bool:
    return word_of(match, text).casefold() in OPTIONAL_COMMA


EXCUSES: dict[str, Excuse] = {
    "EN_A_VS_AN": lambda match, text: not is_article(match, text),
    # a title: “She Hate Me”
    "HE_VERB_AGR": lambda match, text: text[match.start].isupper(),
    "THIS_PLURAL_OF": lambda match, text: word_of(match, text).endswith(("species", "series")),
    "SENT_START_CONJUNCTIVE_LINKING_ADVERB_COMMA": _comma_is_optional,
    "MISSING_COMMA_AFTER_INTRODUCTORY_PHRASE": _comma_is_optional,
}


def _is_house_style(rule: str) -> bool:
    return rule in _HOUSE_STYLE or any(part in rule for part in _HOUSE_STYLE_PARTS)


def _is_speller(rule: str) -> bool:
    """Whether the rule reports words that the dictionary lacks, in any language."""
    return rule.startswith(("MORFOLOGIK_RULE_", "HUNSPELL_", "GERMAN_SPELLER_RULE"))


LANGUAGETOOL = Trust(
    engine="languagetool",
    code_by_kind=CODE_BY_KIND,
    code_by_rule=CODE_BY_RULE,
    speller=_is_speller,
    distrusted=_is_house_style,
    ranks=True,
    excuses=EXCUSES,
)
