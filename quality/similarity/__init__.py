"""Texts that are alike: exact joins on words, none missed.

texts.py        words → numbers, compact for millions of words
signs.py        a filter that never loses a pair
join.py         pairs of texts at or above a similarity
twins.py        which of these pairs may be held against their rows
containment.py  how much of a text one reference covers
"""
