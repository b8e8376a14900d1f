"""What the templates of the SOP classes print; each module makes what one kind of file has."""
