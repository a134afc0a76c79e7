"""Faults as annotation sheets have them, made in answers that are close to free of faults: one module a fail mode.

They share no word list with the rules that look for them, so that figures on them mean something.
"""
