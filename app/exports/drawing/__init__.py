"""What pictures of an experiment are made of, drawn without a browser."""
