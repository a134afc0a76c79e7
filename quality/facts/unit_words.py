"""Words beside numbers: words that multiply, and words that no unit phrase holds."""

from __future__ import annotations

from quality.text import number_words

FACTORS = frozenset(
    (7, 12, 16, 24, 36, 52, 60, 100, 128, 144, 360, 365, 366, 720, 1000, 1024, 1440, 1760, 2000, 3600, 5280, 8760,
     10_000, 86_400, 100_000, 1_000_000, 1_048_576, 31_536_000, 10**9, 10**12)
)  # fmt: skip
"""What conversions from one unit to another multiply or divide by."""

SCALES = {
    **number_words.SCALES, "dozen": 12, "dozens": 12, "gross": 144, "score": 20, "k": 1000, "m": 10**6, "b": 10**9,
    "bn": 10**9, "thousands": 1000, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
}  # fmt: skip
"""Words that multiply the number before them."""

STOPS = frozenset((
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will",
    "would", "shall", "should", "can", "could", "may", "might", "must", "and", "or", "but", "so", "then",
    "thus", "hence", "therefore", "if", "when", "where", "which", "who", "that", "because", "since", "as",
    "than", "while", "although", "gives", "give", "gave", "makes", "make", "made", "leaves", "leave",
    "left", "gets", "get", "got", "we", "you", "he", "she", "it", "they", "i", "us", "them", "let",
    "equals", "equal", "totals", "becomes", "means", "results", "yields", "comes", "divided", "multiplied",
    "plus", "minus", "times", "to", "mod", "modulo", "remainder", "r", "with", "without", "not", "about",
    "approximately", "roughly", "around", "more", "less", "fewer", "greater", "note", "check", "now",
    "finally", "next", "first", "second", "third", "using", "use", "sold", "sells", "bought", "buys",
    "spent", "spends", "paid", "pays", "earns", "earned", "ate", "eats", "needs", "needed", "followed",
))  # fmt: skip
"""Words that end a unit phrase."""

FUNCTIONS = frozenset((
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log",
    "ln", "lg", "exp", "max", "min", "gcd", "lcm", "mod", "floor", "ceil", "abs", "det", "f", "g", "h", "p",
    "c", "n", "x", "y", "z", "t", "choose", "permutations", "combinations", "function", "range", "sum",
    "lim", "limit", "base", "binary", "hex", "octal", "xor", "pm", "am", "o'clock", "bc", "ad", "bce", "ce",
    "pi", "π", "th", "nd", "st", "rd",
))  # fmt: skip
"""Names and notation that our arithmetic does not know."""
