"""The pages of sign-in, sign-out and one's own sessions: the only place that knows how a person proves who he is."""
