"""An optional language model as adviser: texts → remarks, over an OpenAI-compatible endpoint that the user names.

endpoint ─ framing (what is sent) ─ client (HTTP) ─ verdicts (what comes back) ─ consult (budget, cache) ─→ Opinion

Nothing here runs, and no byte leaves the machine, unless a URL is named. What a model says becomes findings of the
criterion `advice`, which can lower a row's marks and never lift them.
"""
