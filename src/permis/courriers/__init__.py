"""What is sent to people: alerts, which say that there is something new and no more; and which letters are owed."""
