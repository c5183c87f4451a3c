"""The rules that hold the source in shape, as data, and the readers that find where it breaks them.

Each rule takes the root of a tree and gives `Breach`es, so that the tests can also point it at a small tree with a
fault in it.
"""
