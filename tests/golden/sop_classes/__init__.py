"""What is said of mistakes in the schemas of SOP classes, word for word."""
