"""What models learn from: samples drawn from formulas, and two small measured sets. Nothing is downloaded."""
