"""What is sent to people. Today, alerts: an e-mail or an SMS which says that there is something new, and no more."""
