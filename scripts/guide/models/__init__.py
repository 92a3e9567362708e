"""Models of the data files. One model for each component, all frozen and strict."""
