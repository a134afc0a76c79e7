"""`finetune notebook`: the same way in Colab."""
