"""For the group: a checked zip, and what a teaching assistant will see in it."""
