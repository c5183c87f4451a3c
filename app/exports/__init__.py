"""What can be taken away from the playground."""
