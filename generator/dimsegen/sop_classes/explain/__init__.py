"""What `dimsegen explain` and `dimsegen rules` say of the SOP classes."""
