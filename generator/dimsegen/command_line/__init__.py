"""What the commands share: how they are declared, how they end, where their output goes."""
