"""Words that every layer shares: parameters, registries, problems, text. Imports nothing of ours."""
