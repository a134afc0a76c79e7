"""The gated QLoRA fine-tune: data that passes → adapter → predictions, each step with its lineage record.

    admission    the gate: which rows may train
    rows         rows → prompt, tokens, micro-batches
    base_model   where the base is, its shape and fingerprint
    hardware     the machine, the memory that a training needs, whether it fits
    model        the base in 4 bit with its adapter
    training     `finetune run`: the main path is `training/run.py`
    prediction   `finetune predict`: the main path is `prediction/predict.py`
    planning     `finetune plan`
    verify       `finetune verify`: the chain of records, link by link
    notebook     `finetune notebook`: the same way in Colab

Nothing here imports torch before a model is needed.
"""
