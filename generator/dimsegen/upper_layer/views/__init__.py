"""What is printed of the Upper Layer: lines of code and of documentation, ready for a template."""
