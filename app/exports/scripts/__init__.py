"""An experiment as a script of plain PyTorch, part by part."""
