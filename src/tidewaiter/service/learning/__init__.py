"""Train and measure the light models of the goods engine. Needs scikit-learn (the `train` extra) to train, not to run."""
