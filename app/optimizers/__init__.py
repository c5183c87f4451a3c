"""How parameters move: every optimizer as a pure rule, or through one adapter around `torch.optim`."""
