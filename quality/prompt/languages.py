"""Names of languages → ISO 639-1 codes."""

from __future__ import annotations

_NAMES = """
afrikaans:af albanian:sq arabic:ar armenian:hy basque:eu bengali:bn bulgarian:bg burmese:my
chinese:zh cantonese:zh catalan:ca croatian:hr czech:cs danish:da dutch:nl english:en esperanto:eo
estonian:et farsi:fa filipino:tl finnish:fi french:fr galician:gl georgian:ka german:de greek:el
gujarati:gu hebrew:he hindi:hi hungarian:hu icelandic:is indonesian:id irish:ga italian:it
japanese:ja kannada:kn khmer:km korean:ko kurdish:ku lao:lo latin:la latvian:lv lithuanian:lt
macedonian:mk malay:ms malayalam:ml mandarin:zh marathi:mr mongolian:mn nepali:ne norwegian:no
pashto:ps persian:fa polish:pl portuguese:pt punjabi:pa romanian:ro russian:ru sanskrit:sa
serbian:sr sinhala:si slovak:sk slovenian:sl somali:so spanish:es swahili:sw swedish:sv tagalog:tl
tamil:ta telugu:te thai:th turkish:tr ukrainian:uk urdu:ur uzbek:uz vietnamese:vi welsh:cy
yoruba:yo zulu:zu
"""

LANGUAGES = {name: code for name, _, code in (pair.partition(":") for pair in _NAMES.split())}
"""Lower-case English name → code."""

LANGUAGE = "|".join(sorted(LANGUAGES, key=len, reverse=True))
"""A pattern for the English name of a language, without groups."""

_NATIVE = """
français:fr francais:fr anglais:en allemand:de espagnol:es italien:it portugais:pt néerlandais:nl
deutsch:de deutsche:de englisch:en englische:en französisch:fr französische:fr spanisch:es spanische:es
italienisch:it italienische:it niederländisch:nl español:es espanol:es castellano:es inglés:en ingles:en
francés:fr alemán:de italiano:it portugués:pt inglese:en francese:fr tedesco:de spagnolo:es
"""

NATIVE_LANGUAGES = {name: code for name, _, code in (pair.partition(":") for pair in _NATIVE.split())}
"""Lower-case name in French, German, Spanish or Italian → code."""
