"""The addresses of the two providers: the protocol, and the page where one picks a person."""
