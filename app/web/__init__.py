"""The web layer: pages, HTTP calls and the websocket, pumping between browsers and the layers below."""
