"""Generator of dimse_primitives, and the tools of those who review its schemas."""
