"""The public page: the points of a licence on any day and why, without login and without storing anything."""
