"""What a page and the server say to each other over one websocket; knows no socket."""
