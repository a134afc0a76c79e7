"""Pure functions of one text: where its words stand, what is prose in it, what repeats, what is damaged."""
