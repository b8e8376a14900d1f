"""What tables of any part of the standard have: usage codes, conditions, VRs."""
