"""Views: the model as the strings that templates print. They import only the model."""
