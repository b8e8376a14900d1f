"""What `dimsegen explain` and `dimsegen rules` say of the rules of captured dialogues."""
