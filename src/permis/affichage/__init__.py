"""Page frame, form parts, timeline picture and words of the surfaces; knows the law's types, and no page."""
