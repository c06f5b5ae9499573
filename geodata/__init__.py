"""What an incident is, where it is kept, how it is asked for."""
