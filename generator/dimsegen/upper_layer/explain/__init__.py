"""What `dimsegen explain` and `dimsegen rules` say of the tables of the Upper Layer."""
