"""Online procedures: explicit tables of states, one function of use a transition. Today, help on one's own file."""
