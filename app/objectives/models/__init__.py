"""Small models as objectives: a network's weights are the parameters, its training loss is the surface."""
