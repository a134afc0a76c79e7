"""What a tuned model answers beside its base, how it was made, and the rules by which both are judged.

predictions | grade book ─ sources → Given ─ judging → Answers ─ totals | blind → votes
run folder | notebook ─ runs → Run                     rules: the rulebook beside what fired
"""
