"""From the text of a schema file to values of the right shape, with every mistake told."""
