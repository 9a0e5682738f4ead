"""What the templates of the demonstration say of a person."""
