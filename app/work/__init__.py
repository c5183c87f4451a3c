"""What workers do: pure functions of texts and numbers, which know no server and no socket."""
